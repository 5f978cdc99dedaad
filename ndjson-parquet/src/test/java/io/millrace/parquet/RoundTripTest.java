package io.millrace.parquet;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.schema.Field;
import io.millrace.schema.Type;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RoundTripTest {
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

  private void assertReadersSee(Path file, Type.Struct schema, List<List<@Nullable Object>> rows)
      throws Exception {
    assertRows(duck.read(file, schema), rows, "DuckDB");
    assertRows(spark.read(file, schema, true), rows, "Spark, vectorised");
    assertRows(spark.read(file, schema, false), rows, "Spark, row by row");
    assertRows(GroupReader.read(file, schema), rows, "parquet-java");
  }

  private static void assertRows(
      List<List<@Nullable Object>> actual, List<List<@Nullable Object>> expected, String reader) {
    assertThat(actual.size()).as("rows by %s", reader).isEqualTo(expected.size());
    for (int i = 0; i < expected.size(); i++) {
      for (int j = 0; j < expected.get(i).size(); j++) {
        String value = Written.show(actual.get(i).get(j));
        String wanted = Written.show(expected.get(i).get(j));
        if (!value.equals(wanted)) {
          assertThat(value).as("row %s, column %s by %s", i, j, reader).isEqualTo(wanted);
        }
      }
    }
  }

  /** Each type by itself, in a struct, a list, a map, and two deep, with nulls and without. */
  private static Type.Struct everyType() {
    List<Type> types = new ArrayList<>(List.of(Type.Primitive.values()));
    for (int precision : new int[] {1, 9, 10, 18, 19, 38}) {
      types.add(new Type.Decimal(precision, precision / 2));
    }
    List<Field> fields = new ArrayList<>();
    for (Type type : types) {
      for (boolean nullable : new boolean[] {true, false}) {
        String name = (type + (nullable ? "_" : "_required_")).replaceAll("[^A-Za-z0-9_]", "_");
        Type.Struct struct = new Type.Struct(List.of(new Field("v", type, nullable)));
        Type.Array array = new Type.Array(type, nullable);
        fields.add(new Field(name, type, nullable));
        fields.add(new Field(name + "struct", struct, nullable));
        fields.add(new Field(name + "array", array, nullable));
        fields.add(new Field(name + "map", new Type.Map(type, nullable), nullable));
        fields.add(new Field(name + "structs", new Type.Array(struct, nullable), nullable));
        fields.add(new Field(name + "arrays", new Type.Array(array, nullable), nullable));
      }
    }
    return new Type.Struct(fields);
  }

  @ParameterizedTest
  @CsvSource({
    "zstd:1, ALL, 100000",
    "snappy, BASIC, 100000",
    "gzip:1, ALL, 0",
    "none, BASIC, 0",
    "none, ALL, 100000"
  })
  void everyTypeAndNestingIsReadBackEqual(
      String codec, ParquetOptions.Encodings encodings, int dictionaryBytes) throws Exception {
    long seed = Long.getLong("millrace.seed", 1);
    System.out.println("seed " + seed);
    Type.Struct schema = everyType();
    List<List<@Nullable Object>> rows = new RandomRecords(seed).rows(schema, 110);
    ParquetOptions options =
        ParquetOptions.defaults()
            .withCodec(Codec.parse(codec))
            .withEncodings(encodings)
            .withLimits(1024, 50, 1 << 20, dictionaryBytes);
    Path file = directory.resolve("every.parquet");
    Written.write(file, schema, options, rows, 35);
    assertReadersSee(file, schema, rows);
  }

  @Test
  void randomNestedRecordsAreReadBackEqual() throws Exception {
    long first = Long.getLong("millrace.seed", 1);
    for (long seed = first; seed < first + Integer.getInteger("millrace.schemas", 8); seed++) {
      System.out.println("seed " + seed);
      Random random = new Random(seed);
      RandomRecords records = new RandomRecords(seed);
      Type.Struct schema = records.schema(1 + random.nextInt(6), random.nextInt(4));
      List<List<@Nullable Object>> rows = records.rows(schema, random.nextInt(800));
      Path file = directory.resolve(seed + ".parquet");
      ParquetOptions options =
          ParquetOptions.defaults()
              .withEncodings(
                  random.nextInt(4) == 0
                      ? ParquetOptions.Encodings.BASIC
                      : ParquetOptions.Encodings.ALL)
              .withLimits(
                  1024 << random.nextInt(10),
                  20 + random.nextInt(500),
                  1024L << random.nextInt(15),
                  random.nextInt(3) == 0 ? 0 : 1 << random.nextInt(20));
      assertReadersSee(file, schema, writeWithSelections(file, schema, options, rows, random));
    }
  }

  /** Writes whole batches, and parts of others; returns the rows that are in the file. */
  private static List<List<@Nullable Object>> writeWithSelections(
      Path file,
      Type.Struct schema,
      ParquetOptions options,
      List<List<@Nullable Object>> rows,
      Random random)
      throws Exception {
    List<List<@Nullable Object>> expected = new ArrayList<>();
    try (OutputStream out = Files.newOutputStream(file);
        ParquetFileWriter writer = new ParquetFileWriter(schema, options, out)) {
      int position = 0;
      while (position < rows.size()) {
        int count = Math.min(rows.size() - position, 1 + random.nextInt(400));
        List<List<@Nullable Object>> part = rows.subList(position, position + count);
        if (random.nextBoolean()) {
          writer.append(Batches.of(schema, part));
          expected.addAll(part);
        } else {
          int[] chosen = random.ints(0, count).limit(count).distinct().sorted().toArray();
          writer.append(
              Batches.of(schema, part), Arrays.copyOf(chosen, chosen.length + 3), chosen.length);
          Arrays.stream(chosen).forEach(i -> expected.add(part.get(i)));
        }
        position += count;
      }
      assertThat(writer.finish().rows()).isEqualTo(expected.size());
    }
    return expected;
  }

  @Test
  void filesOfNoRowAndOneRowAndOnlyNullsAreReadBack() throws Exception {
    Type.Struct schema = everyNullableType();
    List<@Nullable Object> nulls = new ArrayList<>();
    schema.fields().forEach(field -> nulls.add(null));
    for (List<List<@Nullable Object>> rows :
        List.<List<List<@Nullable Object>>>of(
            List.of(), List.of(nulls), java.util.Collections.nCopies(3000, nulls))) {
      Path file = directory.resolve("nulls-" + rows.size() + ".parquet");
      WrittenFile written = Written.write(file, schema, ParquetOptions.defaults(), rows, 1000);
      assertThat(written.rowGroups()).isEqualTo(rows.isEmpty() ? 0 : 1);
      assertThat(written.bytes()).isEqualTo(Files.size(file));
      assertReadersSee(file, schema, rows);
    }
  }

  private static Type.Struct everyNullableType() {
    return new Type.Struct(everyType().fields().stream().filter(Field::nullable).toList());
  }

  @Test
  void aDictionaryGivenUpInTheMiddleOfARowGroupServesThePagesBefore() throws Exception {
    Type.Struct schema =
        new Type.Struct(
            List.of(
                Field.of("s", Type.Primitive.STRING),
                Field.of("l", Type.Primitive.LONG),
                Field.of("d", Type.Primitive.DOUBLE)));
    List<List<@Nullable Object>> rows = new ArrayList<>();
    for (int i = 0; i < 30_000; i++) {
      int value = i < 9_000 ? i % 10 : i;
      rows.add(
          i % 7 == 0
              ? Arrays.asList(null, null, null)
              : List.of("value " + value, value * 1_000_003L, value / 8.0));
    }
    Path file = directory.resolve("given-up.parquet");
    ParquetOptions options = ParquetOptions.defaults().withLimits(1 << 20, 3000, 1 << 26, 20_000);
    Written.write(file, schema, options, rows, 1000);
    try (var reader = Written.open(file)) {
      for (String column : List.of("s", "l", "d")) {
        var stats = Written.chunk(reader, column).getEncodingStats();
        assertThat(stats.hasDictionaryEncodedPages()).as(column).isTrue();
        assertThat(stats.hasNonDictionaryEncodedPages()).as(column).isTrue();
      }
    }
    assertReadersSee(file, schema, rows);
  }

  @Test
  void aTextOf200MegabytesIsReadBack() throws Exception {
    Type.Struct schema = new Type.Struct(List.of(Field.of("s", Type.Primitive.STRING)));
    Path file = directory.resolve("huge.parquet");
    String text = "0123456789".repeat(20_000_000);
    Written.write(file, schema, ParquetOptions.defaults(), List.of(List.of(text)), 1);
    try (var statement = duck.connection().createStatement();
        var result =
            statement.executeQuery(
                "SELECT length(s), md5(s) = md5(repeat('0123456789', 20000000)) FROM '"
                    + file
                    + "'")) {
      assertThat(result.next()).isTrue();
      assertThat(result.getLong(1)).isEqualTo(200_000_000L);
      assertThat(result.getBoolean(2)).isTrue();
    }
  }

  @Test
  void sparkAndDuckDBSeeTheTypesThatWereMeant() throws Exception {
    Type.Struct schema =
        new Type.Struct(
            List.of(
                Field.of("b", Type.Primitive.BYTE),
                Field.of("s", Type.Primitive.SHORT),
                Field.of("ts", Type.Primitive.TIMESTAMP),
                Field.of("ntz", Type.Primitive.TIMESTAMP_NTZ),
                Field.of("d", new Type.Decimal(20, 3)),
                Field.of("m", new Type.Map(Type.Primitive.DATE, true)),
                Field.of("a", new Type.Array(Type.Primitive.BINARY, true))));
    Path file = directory.resolve("types.parquet");
    Written.write(file, schema, ParquetOptions.defaults(), List.of(), 1);
    assertThat(spark.dataset(file, true).schema().toDDL())
        .isEqualTo(
            "b TINYINT,s SMALLINT,ts TIMESTAMP,ntz TIMESTAMP_NTZ,d DECIMAL(20,3),"
                + "m MAP<STRING, DATE>,a ARRAY<BINARY>");
    try (var statement = duck.connection().createStatement();
        var result =
            statement.executeQuery(
                "SELECT string_agg(column_type, ' ') FROM (DESCRIBE FROM '" + file + "')")) {
      assertThat(result.next()).isTrue();
      assertThat(result.getString(1))
          .isEqualTo(
              "TINYINT SMALLINT TIMESTAMP WITH TIME ZONE TIMESTAMP DECIMAL(20,3)"
                  + " MAP(VARCHAR, DATE) BLOB[]");
    }
  }
}
