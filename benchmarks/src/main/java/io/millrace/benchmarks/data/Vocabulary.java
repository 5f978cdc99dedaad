package io.millrace.benchmarks.data;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.SplittableRandom;

/** Made-up words, drawn by Zipf's law: the n-th is 1/n as frequent as the first. */
final class Vocabulary {
  private static final String[] SYLLABLES = {
    "ka", "ro", "mi", "tel", "an", "su", "den", "or", "li", "ve", "ster", "po", "ga", "nu", "chi",
    "wer", "ba", "lon", "ti", "es", "dra", "fo", "in", "mar", "que", "ja", "hal", "ne", "zo", "pre"
  };

  /** What is not ASCII in every twelfth word. */
  private static final String[] FOREIGN = {
    "ü", "é", "ñ", "ß", "ø", "ç", "東京", "привет", "😀", "がく"
  };

  private static final int FOREIGN_EVERY = 12;
  private static final int TABLE_BITS = 16;

  private final byte[][] words;
  private final int[] table = new int[1 << TABLE_BITS];

  /**
   * @param size how many words
   * @param foreign whether some have letters that are not ASCII
   */
  Vocabulary(long seed, int size, boolean foreign) {
    SplittableRandom random = new SplittableRandom(seed);
    words = new byte[size][];
    for (int i = 0; i < size; i++) {
      words[i] = word(random, foreign && i % FOREIGN_EVERY == FOREIGN_EVERY - 1).getBytes(UTF_8);
    }
    fillTable();
  }

  /** A word by Zipf's law. */
  byte[] word(SplittableRandom random) {
    return words[table[random.nextInt() >>> (Integer.SIZE - TABLE_BITS)]];
  }

  /** A word, each as likely as any other. */
  byte[] anyWord(SplittableRandom random) {
    return words[random.nextInt(words.length)];
  }

  /** Appends so many words, with blanks between them. */
  void sentence(JsonText json, SplittableRandom random, int count) {
    for (int i = 0; i < count; i++) {
      json.text(word(random)).text(" ");
    }
    json.back();
  }

  private void fillTable() {
    double sum = 0;
    for (int i = 1; i <= words.length; i++) {
      sum += 1.0 / i;
    }
    double share = 0;
    int filled = 0;
    for (int i = 0; i < words.length; i++) {
      share += 1.0 / (i + 1) / sum;
      int until = (int) Math.round(share * table.length);
      while (filled < until) {
        table[filled++] = i;
      }
    }
  }

  private static String word(SplittableRandom random, boolean foreign) {
    StringBuilder word = new StringBuilder();
    int syllables = 1 + random.nextInt(4);
    for (int i = 0; i < syllables; i++) {
      word.append(SYLLABLES[random.nextInt(SYLLABLES.length)]);
    }
    if (foreign) {
      word.append(FOREIGN[random.nextInt(FOREIGN.length)]);
    }
    return word.toString();
  }
}
