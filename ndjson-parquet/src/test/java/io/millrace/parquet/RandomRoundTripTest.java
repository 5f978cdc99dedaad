package io.millrace.parquet;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.schema.Type;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RandomRoundTripTest {
  private static SparkReader spark;
  private static DuckReader duck;

  @TempDir Path directory;

  @BeforeAll
  static void open() throws Exception {
    spark = new SparkReader();
    duck = new DuckReader();
  }

  @AfterAll
  static void close() throws Exception {
    spark.close();
    duck.close();
  }

  @Test
  void everyReaderReadsBackWhatWasWritten() throws Exception {
    long first = Long.getLong("millrace.seed", System.nanoTime());
    for (long seed = first; seed < first + 15; seed++) {
      System.out.println("seed " + seed);
      Random random = new Random(seed);
      RandomRecords records = new RandomRecords(seed);
      Type.Struct schema = records.schema(1 + random.nextInt(8), random.nextInt(4));
      List<List<@Nullable Object>> rows = records.rows(schema, random.nextInt(2000));
      Path file = directory.resolve(seed + ".parquet");
      ParquetOptions options =
          ParquetOptions.defaults()
              .withCodec(
                  List.of(Codec.zstd(1), Codec.snappy(), Codec.gzip(1), Codec.none())
                      .get(random.nextInt(4)))
              .withEncodings(
                  random.nextInt(4) == 0
                      ? ParquetOptions.Encodings.BASIC
                      : ParquetOptions.Encodings.ALL)
              .withLimits(
                  1024 << random.nextInt(10),
                  1 + random.nextInt(500),
                  1024L << random.nextInt(15),
                  random.nextInt(3) == 0 ? 0 : 1 << random.nextInt(20));
      write(schema, rows, options, file, random);
      assertRows(duck.read(file, schema), rows, "DuckDB", seed);
      assertRows(spark.read(file, schema, true), rows, "Spark, vectorised", seed);
      assertRows(spark.read(file, schema, false), rows, "Spark, row by row", seed);
    }
  }

  private static void assertRows(
      List<List<@Nullable Object>> actual,
      List<List<@Nullable Object>> expected,
      String reader,
      long seed) {
    assertThat(actual.size()).as("rows by %s, seed %s", reader, seed).isEqualTo(expected.size());
    for (int i = 0; i < expected.size(); i++) {
      String a = show(actual.get(i));
      String e = show(expected.get(i));
      if (!a.equals(e)) {
        assertThat(a).as("row %s by %s, seed %s", i, reader, seed).isEqualTo(e);
      }
    }
  }

  private static String show(@Nullable Object value) {
    if (value instanceof byte[] bytes) {
      return java.util.HexFormat.of().formatHex(bytes);
    }
    if (value instanceof List<?> list) {
      return list.stream().map(RandomRoundTripTest::show).toList().toString();
    }
    if (value instanceof java.util.Map<?, ?> map) {
      java.util.Map<String, String> sorted = new java.util.TreeMap<>();
      map.forEach((k, v) -> sorted.put(show(k), show(v)));
      return sorted.toString();
    }
    return String.valueOf(value);
  }

  private static void write(
      Type.Struct schema,
      List<List<@Nullable Object>> rows,
      ParquetOptions options,
      Path file,
      Random random)
      throws Exception {
    try (OutputStream out = Files.newOutputStream(file);
        ParquetFileWriter writer = new ParquetFileWriter(schema, options, out)) {
      int position = 0;
      while (position < rows.size()) {
        int count = Math.min(rows.size() - position, 1 + random.nextInt(700));
        writer.append(Batches.of(schema, rows.subList(position, position + count)));
        position += count;
      }
      WrittenFile written = writer.finish();
      assertThat(written.rows()).isEqualTo(rows.size());
    }
  }
}
