package io.millrace.parquet;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.spark.sql.SaveMode;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Files beside those that Spark and DuckDB write of the same rows with the same codec; zstd at
 * Spark's own level, since Parquet keeps the first codec of a JVM whatever its level.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SizeTest {
  private static final double MOST = 1.05;

  private SparkReader spark;
  private DuckReader duck;

  @TempDir Path directory;

  @BeforeAll
  void open() throws Exception {
    spark = new SparkReader();
    duck = new DuckReader();
  }

  @AfterAll
  void close() throws Exception {
    spark.close();
    duck.close();
  }

  @ParameterizedTest
  @CsvSource({
    "EVENTS, zstd:3",
    "EVENTS, snappy",
    "EVENTS, none",
    "PACKAGES, zstd:3",
    "PACKAGES, snappy",
    "PACKAGES, none",
    "POSTS, zstd:3",
    "POSTS, snappy",
    "POSTS, none",
    "MEASUREMENTS, zstd:3",
    "MEASUREMENTS, snappy",
    "MEASUREMENTS, none",
    "MAGNITUDES, zstd:1",
    "MAGNITUDES, zstd:3",
    "MAGNITUDES, snappy",
    "MAGNITUDES, none"
  })
  void takeAtMostATwentiethMore(RealisticRecords.Shape shape, String codec) throws Exception {
    assertSizes(shape, Codec.parse(codec));
  }

  private void assertSizes(RealisticRecords.Shape shape, Codec codec) throws Exception {
    List<List<@Nullable Object>> rows = shape.rows(1);
    Path ours = directory.resolve("ours.parquet");
    Written.write(ours, shape.schema(), ParquetOptions.defaults().withCodec(codec), rows, 3000);

    assertNotLarger(ours, writtenBySpark(ours, codec), "Spark's");
    assertNotLarger(ours, writtenByDuckDb(ours, codec), "DuckDB's");
  }

  private void assertNotLarger(Path ours, Path theirs, String whose) throws Exception {
    double ratio = (double) Files.size(ours) / Files.size(theirs);
    String report =
        "%.3f of %s; columns of ours %s, of %s %s"
            .formatted(ratio, whose, columns(ours), whose, columns(theirs));
    System.out.println(report);
    assertThat(ratio).as(report).isLessThanOrEqualTo(MOST);
  }

  /** What each column takes, and in which encodings. */
  private String columns(Path file) throws Exception {
    try (var statement = duck.connection().createStatement();
        var result =
            statement.executeQuery(
                """
                SELECT string_agg(concat(path_in_schema, ' ', size, ' ', encodings), '; ') FROM (
                  SELECT path_in_schema, sum(total_compressed_size) AS size, max(encodings) AS encodings
                  FROM parquet_metadata('%s') GROUP BY ALL ORDER BY min(column_id))"""
                    .formatted(file))) {
      result.next();
      return result.getString(1);
    }
  }

  private Path writtenBySpark(Path ours, Codec codec) throws IOException {
    Path output = directory.resolve("spark");
    spark
        .dataset(ours, false)
        .coalesce(1)
        .write()
        .mode(SaveMode.Overwrite)
        .option("compression", codec.algorithm().name().toLowerCase(Locale.ROOT))
        .option("parquet.compression.codec.zstd.level", codec.level())
        .parquet(output.toString());
    try (Stream<Path> files = Files.list(output)) {
      return files.filter(file -> file.toString().endsWith(".parquet")).findAny().orElseThrow();
    }
  }

  private Path writtenByDuckDb(Path ours, Codec codec) throws Exception {
    Path output = directory.resolve("duck.parquet");
    String compression =
        switch (codec.algorithm()) {
          case ZSTD -> "zstd, COMPRESSION_LEVEL " + codec.level();
          case NONE -> "uncompressed";
          case SNAPPY, GZIP -> codec.algorithm().name();
        };
    try (var statement = duck.connection().createStatement()) {
      statement.execute(
          "COPY (FROM '%s') TO '%s' (FORMAT parquet, COMPRESSION %s)"
              .formatted(ours, output, compression));
    }
    return output;
  }
}
