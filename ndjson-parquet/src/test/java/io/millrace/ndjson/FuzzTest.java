package io.millrace.ndjson;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.schema.Type;
import io.millrace.vector.RecordBatch;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * No bytes make the reader throw anything but its own error, loop, or take memory beyond a multiple
 * of the input.
 *
 * <p>{@code -Dmillrace.fuzz.seconds=N} makes it longer, {@code -Dmillrace.fuzz.seed=N} repeats a
 * run.
 */
class FuzzTest {
  private static final Duration DURATION =
      Duration.ofSeconds(Integer.getInteger("millrace.fuzz.seconds", 60));
  private static final long SEED = Long.getLong("millrace.fuzz.seed", System.nanoTime() & 0xFFFFFF);
  private static final int MAX_RECORD_BYTES = 4 << 10;

  /** A record may be read by Jackson, whose parsers have buffers of their own. */
  private static final long MOST_ALLOCATED_PER_RECORD = 64 << 10;

  private final com.sun.management.ThreadMXBean threads =
      (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();

  @Test
  void anyBytesAreRecordsOrMalformedOrTooLarge() throws IOException {
    System.out.println("-Dmillrace.fuzz.seed=" + SEED);
    long deadline = System.nanoTime() + DURATION.toNanos();
    int rounds = 0;
    while (System.nanoTime() < deadline) {
      Random random = new Random(SEED * 1_000_003 + rounds);
      Type.Struct schema = new RandomSchemas(random).schema(rounds);
      read(schema, object(schema, random), random, rounds);
      rounds++;
    }
    assertThat(rounds).isGreaterThan(10);
  }

  private static byte[] object(Type.Struct schema, Random random) {
    RandomRecords records = new RandomRecords(random, schema);
    Damage damage = new Damage(random);
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 50; i++) {
      String record = records.record();
      for (int times = random.nextInt(4); times > 0; times--) {
        record = damage.damage(record);
      }
      text.append(record).append(random.nextInt(6) == 0 ? "\r" : "\n");
    }
    byte[] bytes = text.toString().getBytes(ISO_8859_1);
    for (int i = random.nextInt(20); i > 0; i--) {
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
    }
    return bytes;
  }

  private void read(Type.Struct schema, byte[] object, Random random, int round)
      throws IOException {
    int blockBytes = 1 + random.nextInt(random.nextInt(20_000) + 1);
    NdjsonReader reader =
        new NdjsonReader(
            new InputStreamBlocks(new ByteArrayInputStream(object), blockBytes),
            0,
            object.length,
            schema,
            ReaderOptions.defaults().withMaxRecordBytes(MAX_RECORD_BYTES).withMaxDepth(64),
            (offset, bytes, from, to, reason) -> {
              assertThat(from).isBetween(0, to);
              assertThat(to).isLessThanOrEqualTo(bytes.length);
            });
    RecordBatch batch = new RecordBatch(schema);
    long rows = 0;
    long allocated = threads.getCurrentThreadAllocatedBytes();
    try {
      while (reader.read(batch)) {
        rows += batch.rows();
      }
      assertThat(reader.bytes()).isEqualTo(object.length);
      assertThat(reader.records() - reader.malformedRecords()).isEqualTo(rows);
    } catch (RecordTooLargeException e) {
      assertThat(e.offset()).isBetween(0L, (long) object.length);
    } catch (RuntimeException | StackOverflowError e) {
      throw new AssertionError("seed %d, round %d".formatted(SEED, round), e);
    }
    assertThat(threads.getCurrentThreadAllocatedBytes() - allocated)
        .as("bytes allocated for %d bytes, seed %d, round %d", object.length, SEED, round)
        .isLessThan(8L * object.length + MOST_ALLOCATED_PER_RECORD * (reader.records() + 1));
  }
}
