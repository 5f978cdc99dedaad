package io.millrace.parquet;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.schema.Field;
import io.millrace.schema.Type;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is expected is what delta-spark 3.3.2 wrote for the same values. */
class DeltaStatisticsTest {

  private static String stats(Type.Struct schema, int columns, List<List<@Nullable Object>> rows)
      throws IOException {
    ParquetOptions options = ParquetOptions.defaults().withStatisticsColumns(columns);
    try (ParquetFileWriter writer =
        new ParquetFileWriter(schema, options, new ByteArrayOutputStream())) {
      writer.append(Batches.of(schema, rows));
      return writer.finish().deltaStats();
    }
  }

  /** One row; each bound must be {@code expected}. */
  private static void assertBound(Type type, Object value, String expected) throws IOException {
    Type.Struct schema = new Type.Struct(List.of(Field.of("c", type)));
    assertThat(stats(schema, 32, List.of(List.of(value))))
        .isEqualTo(
            "{\"numRecords\":1,\"minValues\":{\"c\":%s},\"maxValues\":{\"c\":%s},\"nullCount\":{\"c\":0}}"
                .formatted(expected, expected));
  }

  @Test
  void eachTypeHasDeltasForm() throws IOException {
    assertBound(Type.Primitive.DOUBLE, 1.5, "1.5");
    assertBound(Type.Primitive.DOUBLE, Double.NaN, "\"NaN\"");
    assertBound(Type.Primitive.DOUBLE, 1e20, "1.0E20");
    assertBound(Type.Primitive.DOUBLE, Double.POSITIVE_INFINITY, "\"Infinity\"");
    assertBound(Type.Primitive.FLOAT, 0.1f, "0.1");
    assertBound(Type.Primitive.FLOAT, 1e10f, "1.0E10");
    assertBound(new Type.Decimal(5, 2), new BigDecimal("1.10"), "1.10");
    assertBound(
        new Type.Decimal(30, 5),
        new BigDecimal("12345678901234567890.10000"),
        "12345678901234567890.10000");
    assertBound(new Type.Decimal(10, 7), new BigDecimal("0E-7"), "0E-7");
    assertBound(Type.Primitive.TIMESTAMP, 1_704_164_645_123_999L, "\"2024-01-02T03:04:05.123Z\"");
    assertBound(
        Type.Primitive.TIMESTAMP_NTZ, 1_704_164_645_123_999L, "\"2024-01-02T03:04:05.123\"");
    assertBound(Type.Primitive.TIMESTAMP, -315_619_199_999_100L, "\"1960-01-01T00:00:00.000Z\"");
    assertBound(Type.Primitive.DATE, 19_724, "\"2024-01-02\"");
    assertBound(Type.Primitive.DATE, -719_162, "\"0001-01-01\"");
    assertBound(Type.Primitive.STRING, "q\"\\é", "\"q\\\"\\\\é\"");
  }

  @Test
  void structsAreObjectsAndListsMapsBytesAndTruthValuesHaveNullCountsOnly() throws IOException {
    Type.Struct inner = new Type.Struct(List.of(Field.of("t", Type.Primitive.INT)));
    Type.Struct struct =
        new Type.Struct(
            List.of(
                Field.of("x", Type.Primitive.INT),
                Field.of("y", Type.Primitive.STRING),
                Field.of("m", new Type.Map(Type.Primitive.INT, true)),
                Field.of("s", inner)));
    Type.Struct schema =
        new Type.Struct(
            List.of(
                Field.of("b", Type.Primitive.BOOLEAN),
                Field.of("bin", Type.Primitive.BINARY),
                Field.of("allnull", Type.Primitive.INT),
                Field.of("st", struct),
                Field.of("onlyb", new Type.Struct(List.of(Field.of("b", Type.Primitive.BOOLEAN)))),
                Field.of("arr", new Type.Array(Type.Primitive.INT, true))));
    Map<Object, Object> map = new LinkedHashMap<>(Map.of("a", 1));
    List<@Nullable Object> row =
        Arrays.asList(
            true,
            new byte[] {1},
            null,
            Arrays.asList(1, null, map, Arrays.asList((Object) null)),
            List.of(true),
            List.of(1, 2));
    assertThat(stats(schema, 32, List.of(row)))
        .isEqualTo(
            "{\"numRecords\":1,\"minValues\":{\"st\":{\"x\":1,\"s\":{}}},"
                + "\"maxValues\":{\"st\":{\"x\":1,\"s\":{}}},"
                + "\"nullCount\":{\"b\":0,\"bin\":0,\"allnull\":1,"
                + "\"st\":{\"x\":0,\"y\":1,\"m\":0,\"s\":{\"t\":1}},\"onlyb\":{\"b\":0},\"arr\":0}}");
  }

  @Test
  void onlyTheFirstLeafColumnsHaveStatistics() throws IOException {
    List<Field> fields = new ArrayList<>();
    for (String name : List.of("a", "b", "c")) {
      fields.add(Field.of(name, Type.Primitive.INT));
    }
    assertThat(stats(new Type.Struct(fields), 2, List.of(List.of(1, 2, 3), List.of(0, 5, 6))))
        .isEqualTo(
            "{\"numRecords\":2,\"minValues\":{\"a\":0,\"b\":2},\"maxValues\":{\"a\":1,\"b\":5},"
                + "\"nullCount\":{\"a\":0,\"b\":0}}");
  }

  @Test
  void nanIsTheGreatestAsInSparksOrder() throws IOException {
    Type.Struct schema = new Type.Struct(List.of(Field.of("c", Type.Primitive.DOUBLE)));
    assertThat(stats(schema, 32, List.of(List.of(2.0), List.of(Double.NaN))))
        .contains("\"minValues\":{\"c\":2.0}")
        .contains("\"maxValues\":{\"c\":\"NaN\"}");
  }

  @Test
  void longTextsAreCutToBoundsThatHold() {
    String a32 = "a".repeat(32);
    assertThat(StringBound.min(a32)).isEqualTo(a32);
    assertThat(StringBound.max(a32)).contains(a32);
    assertThat(StringBound.min(a32 + "b")).isEqualTo(a32);
    assertThat(StringBound.max(a32 + "b")).contains(a32 + "\u007F");
    assertThat(StringBound.max(a32 + "é")).contains(a32 + Character.toString(0x10FFFF));
    // The character that straddles the limit is taken whole.
    String straddling = "a".repeat(31) + "😀" + "tail";
    assertThat(StringBound.min(straddling)).isEqualTo("a".repeat(31) + "😀");
    assertThat(StringBound.max(straddling)).contains("a".repeat(31) + "😀\u007F");
    String greatest = Character.toString(0x10FFFF).repeat(40);
    assertThat(StringBound.max(greatest)).isEmpty();
    assertThat(StringBound.max(a32 + Character.toString(0x10FFFF))).contains(a32 + "\uDBFF\uDFFF");
  }
}
