package io.millrace.demo.generate;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;

/** Makes the bytes of the demo's objects, each from the seed, its number and its version. */
final class ObjectGenerator {
  /** One object in so many has malformed lines, the first one among them. */
  static final int OBJECTS_PER_MALFORMED = 4;

  /** In such an object, one line in so many is malformed, and the third one is. */
  static final int LINES_PER_MALFORMED = 100;

  private static final int FIRST_MALFORMED = 2;

  private final long seed;
  private final long sizeBytes;

  /**
   * @param sizeBytes what an object has at least; it ends with the line that reaches it
   */
  ObjectGenerator(long seed, long sizeBytes) {
    this.seed = seed;
    this.sizeBytes = sizeBytes;
  }

  /**
   * The bytes of an object. Another version has other contents under the same record ids, as a
   * correction has.
   */
  byte[] object(int number, int version) {
    SplittableRandom random =
        new SplittableRandom(seed * 1_000_003 + number * 31L + version * 7_919L);
    RecordGenerator records = new RecordGenerator(random);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(Math.toIntExact(sizeBytes + 1_024));
    StringBuilder line = new StringBuilder();
    boolean sound = number % OBJECTS_PER_MALFORMED != 0;
    for (int i = 0; bytes.size() < sizeBytes; i++) {
      line.setLength(0);
      records.append("%016x-%06d-%08d".formatted(seed, number, i), line);
      bytes.writeBytes(
          sound || i % LINES_PER_MALFORMED != FIRST_MALFORMED
              ? line.toString().getBytes(StandardCharsets.UTF_8)
              : malformed(line.toString(), random));
      bytes.write('\n');
    }
    return bytes.toByteArray();
  }

  /** What a record looks like after one of the usual accidents. */
  private static byte[] malformed(String record, SplittableRandom random) {
    String text =
        switch (random.nextInt(4)) {
          case 0 -> record.substring(0, record.length() / 2);
          case 1 -> "java.lang.OutOfMemoryError: Java heap space";
          case 2 -> record.replaceFirst("\"at\":\"[^\"]*\"", "\"at\":\"yesterday\"");
          default -> "";
        };
    return text.isEmpty()
        ? new byte[] {(byte) 0xFF, (byte) 0xFE, '{', 0, (byte) 0xC3, '}'}
        : text.getBytes(StandardCharsets.UTF_8);
  }
}
