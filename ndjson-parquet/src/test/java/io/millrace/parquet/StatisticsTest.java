package io.millrace.parquet;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.schema.Field;
import io.millrace.schema.Type;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.internal.column.columnindex.BoundaryOrder;
import org.apache.parquet.internal.column.columnindex.ColumnIndex;
import org.apache.parquet.internal.column.columnindex.OffsetIndex;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StatisticsTest {
  @TempDir Path directory;

  private ParquetFileReader write(Type type, int pageRows, @Nullable Object... values)
      throws Exception {
    List<List<@Nullable Object>> rows = new ArrayList<>();
    for (Object value : values) {
      rows.add(Arrays.asList(value));
    }
    Path file = directory.resolve("file.parquet");
    Written.write(
        file,
        new Type.Struct(List.of(Field.of("c", type))),
        ParquetOptions.defaults().withLimits(1 << 20, pageRows, 1 << 26, 1 << 20),
        rows,
        pageRows);
    return Written.open(file);
  }

  private Statistics<?> statistics(Type type, @Nullable Object... values) throws Exception {
    try (ParquetFileReader reader = write(type, 100, values)) {
      return Written.chunk(
              reader, reader.getFileMetaData().getSchema().getPaths().get(0)[0] + suffix(reader))
          .getStatistics();
    }
  }

  private static String suffix(ParquetFileReader reader) {
    String[] path = reader.getFileMetaData().getSchema().getPaths().get(0);
    return path.length == 1 ? "" : "." + String.join(".", Arrays.copyOfRange(path, 1, path.length));
  }

  @Test
  void numbersHaveExactBoundsAndNullsAreCounted() throws Exception {
    Statistics<?> longs = statistics(Type.Primitive.LONG, 5L, null, Long.MIN_VALUE, 7L, null);
    assertThat(longs.genericGetMin()).isEqualTo(Long.MIN_VALUE);
    assertThat(longs.genericGetMax()).isEqualTo(7L);
    assertThat(longs.getNumNulls()).isEqualTo(2);
    Statistics<?> ints = statistics(Type.Primitive.BYTE, -3, 4);
    assertThat(ints.genericGetMin()).isEqualTo(-3);
    assertThat(ints.genericGetMax()).isEqualTo(4);
    Statistics<?> flags = statistics(Type.Primitive.BOOLEAN, true, true);
    assertThat(flags.genericGetMin()).isEqualTo(true);
  }

  @Test
  void aColumnOfNullsHasNoBounds() throws Exception {
    Statistics<?> none = statistics(Type.Primitive.STRING, null, null);
    assertThat(none.hasNonNullValue()).isFalse();
    assertThat(none.getNumNulls()).isEqualTo(2);
  }

  @Test
  void zerosCoverBothZeros() throws Exception {
    Statistics<?> doubles = statistics(Type.Primitive.DOUBLE, 0.0, 0.0);
    assertThat(doubles.genericGetMin()).isEqualTo(-0.0);
    assertThat(doubles.genericGetMax()).isEqualTo(0.0);
    Statistics<?> floats = statistics(Type.Primitive.FLOAT, -0.0f);
    assertThat(floats.genericGetMin()).isEqualTo(-0.0f);
    assertThat(floats.genericGetMax()).isEqualTo(0.0f);
  }

  @Test
  void aNaNLeavesBoundsUnknown() throws Exception {
    try (ParquetFileReader reader = write(Type.Primitive.DOUBLE, 2, 1.0, 2.0, 3.0, Double.NaN)) {
      assertThat(Written.chunk(reader, "c").getStatistics().hasNonNullValue()).isFalse();
      assertThat(reader.readColumnIndex(Written.chunk(reader, "c"))).isNull();
      assertThat(reader.readOffsetIndex(Written.chunk(reader, "c")).getPageCount()).isEqualTo(2);
    }
  }

  @Test
  void textsAreOrderedByBytesAndLongOnesShortenedToBounds() throws Exception {
    Statistics<?> short1 = statistics(Type.Primitive.STRING, "b", "é", "a", "");
    assertThat(short1.getMinBytes()).isEmpty();
    assertThat(new String(short1.getMaxBytes(), UTF_8)).isEqualTo("é");

    String longest = "é".repeat(2000);
    Statistics<?> cut = statistics(Type.Primitive.STRING, longest, "é".repeat(1999));
    assertThat(new String(cut.getMinBytes(), UTF_8)).isEqualTo("é".repeat(512));
    assertThat(new String(cut.getMaxBytes(), UTF_8)).isEqualTo("é".repeat(511) + "ê");
  }

  @Test
  void ofTextsThatBeginAlikeTheLongerOneIsWithinTheBounds() throws Exception {
    String kept = "z".repeat(BinaryRange.KEPT);
    for (List<String> texts :
        List.of(List.of(kept, kept + "a"), List.of(kept + "a", kept), List.of(kept + "b", "a"))) {
      Statistics<?> bounds = statistics(Type.Primitive.STRING, texts.toArray());
      assertThat(new String(bounds.getMaxBytes(), UTF_8))
          .isEqualTo("z".repeat(BinaryRange.KEPT - 1) + "{");
    }
    assertThat(new String(statistics(Type.Primitive.STRING, kept, kept).getMaxBytes(), UTF_8))
        .isEqualTo(kept);
  }

  @Test
  void aTextThatNothingShortExceedsHasNoBounds() throws Exception {
    String greatest = Character.toString(Character.MAX_CODE_POINT).repeat(300);
    assertThat(statistics(Type.Primitive.STRING, "a", greatest).hasNonNullValue()).isFalse();
  }

  @Test
  void decimalsAreOrderedAsNumbersHoweverTheyAreStored() throws Exception {
    for (int precision : new int[] {9, 18, 30}) {
      Statistics<?> bounds =
          statistics(
              new Type.Decimal(precision, 2),
              new BigDecimal("-7.50"),
              new BigDecimal("12.00"),
              new BigDecimal("-0.01"));
      assertThat(bounds.minAsString()).isEqualTo("-7.50");
      assertThat(bounds.maxAsString()).isEqualTo("12.00");
    }
  }

  @Test
  void missingElementsAndMissingListsCountAsNulls() throws Exception {
    Statistics<?> elements =
        statistics(
            new Type.Array(Type.Primitive.INT, true),
            Arrays.asList(1, null, 9),
            null,
            List.of(),
            List.of(-4));
    assertThat(elements.getNumNulls()).isEqualTo(3);
    assertThat(elements.genericGetMin()).isEqualTo(-4);
    assertThat(elements.genericGetMax()).isEqualTo(9);
  }

  @Test
  void thePageIndexTellsEachPagesRowsAndBounds() throws Exception {
    String longText = "x".repeat(100);
    try (ParquetFileReader reader =
        write(Type.Primitive.STRING, 2, "a", "b", null, null, "c", null, longText, longText)) {
      ColumnIndex bounds = reader.readColumnIndex(Written.chunk(reader, "c"));
      assertThat(bounds.getBoundaryOrder()).isEqualTo(BoundaryOrder.ASCENDING);
      assertThat(bounds.getNullPages()).containsExactly(false, true, false, false);
      assertThat(bounds.getNullCounts()).containsExactly(0L, 2L, 1L, 0L);
      assertThat(texts(bounds.getMinValues())).containsExactly("a", "", "c", "x".repeat(64));
      assertThat(texts(bounds.getMaxValues())).containsExactly("b", "", "c", "x".repeat(63) + "y");
      OffsetIndex offsets = reader.readOffsetIndex(Written.chunk(reader, "c"));
      assertThat(offsets.getPageCount()).isEqualTo(4);
      for (int i = 0; i < 4; i++) {
        assertThat(offsets.getFirstRowIndex(i)).isEqualTo(2L * i);
        if (i > 0) {
          assertThat(offsets.getOffset(i))
              .isEqualTo(offsets.getOffset(i - 1) + offsets.getCompressedPageSize(i - 1));
        }
      }
    }
  }

  private static List<String> texts(List<ByteBuffer> bounds) {
    return bounds.stream().map(UTF_8::decode).map(Object::toString).toList();
  }

  @Test
  void theOrderOfPagesIsToldOnlyWhereThereIsOne() throws Exception {
    assertThat(order(1, 2, 2, 3)).isEqualTo(BoundaryOrder.ASCENDING);
    assertThat(order(9, 3, 3, 1)).isEqualTo(BoundaryOrder.DESCENDING);
    assertThat(order(1, 9, 3, 4, 0, 5)).isEqualTo(BoundaryOrder.UNORDERED);
  }

  private BoundaryOrder order(Object... values) throws Exception {
    try (ParquetFileReader reader = write(Type.Primitive.INT, 2, values)) {
      return reader.readColumnIndex(Written.chunk(reader, "c")).getBoundaryOrder();
    }
  }
}
