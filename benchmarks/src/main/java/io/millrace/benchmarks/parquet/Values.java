package io.millrace.benchmarks.parquet;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.vector.BinaryVector;
import io.millrace.vector.ByteArena;
import io.millrace.vector.Vector;
import java.util.SplittableRandom;

/** Random values like those of the web's logs, and where a batch's texts go. */
final class Values {
  private static final int WORDS = 20_000;
  private static final String HEX = "0123456789abcdef";

  private final SplittableRandom random;
  private final byte[][] words = new byte[WORDS][];
  private ByteArena arena;
  private byte[] text = new byte[8192];
  private int length;
  private long last = 1_772_323_200_000_000L;

  Values(long seed) {
    this.random = new SplittableRandom(seed);
    this.arena = new ByteArena();
    for (int i = 0; i < WORDS; i++) {
      StringBuilder word = new StringBuilder();
      for (int j = 2 + random.nextInt(9); j > 0; j--) {
        word.append((char) ('a' + Math.min(random.nextInt(26), random.nextInt(26))));
      }
      words[i] = word.toString().getBytes(UTF_8);
    }
  }

  void arena(ByteArena batchArena) {
    this.arena = batchArena;
  }

  int number(int bound) {
    return random.nextInt(bound);
  }

  long bits() {
    return random.nextLong();
  }

  /** A number that is greater each time, by less than the bound. */
  long later(int bound) {
    last += random.nextInt(bound);
    return last;
  }

  double fraction() {
    return random.nextDouble();
  }

  boolean odds(double probability) {
    return random.nextDouble() < probability;
  }

  /** Small numbers are much more frequent than large ones. */
  int zipf(int bound) {
    return (int) Math.min(bound - 1, Math.pow(bound, random.nextDouble()) - 1);
  }

  Values add(String part) {
    for (int i = 0; i < part.length(); i++) {
      text[length++] = (byte) part.charAt(i);
    }
    return this;
  }

  Values add(long number) {
    return add(Long.toString(number));
  }

  Values hex(int digits) {
    for (int i = 0; i < digits; i++) {
      text[length++] = (byte) HEX.charAt(random.nextInt(16));
    }
    return this;
  }

  Values uuid() {
    return hex(8).add("-").hex(4).add("-4").hex(3).add("-a").hex(3).add("-").hex(12);
  }

  Values word() {
    byte[] word = words[zipf(WORDS)];
    System.arraycopy(word, 0, text, length, word.length);
    length += word.length;
    return this;
  }

  Values words(int count, String separator) {
    for (int i = 0; i < count; i++) {
      if (i > 0) {
        add(separator);
      }
      word();
    }
    return this;
  }

  /** How many bytes were added. */
  int length() {
    return length;
  }

  /** Appends what was added, as the value of a slot. */
  void to(Vector vector, int slot) {
    System.arraycopy(text, 0, arena.reserve(length), arena.end(), length);
    ((BinaryVector) vector).append(slot, arena.commit(length), length);
    length = 0;
  }
}
