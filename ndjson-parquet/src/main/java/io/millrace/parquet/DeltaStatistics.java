package io.millrace.parquet;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.millrace.schema.Field;
import io.millrace.schema.Type;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/**
 * A file's statistics as Delta 3.3 writes them into its log: {@code numRecords}, {@code minValues},
 * {@code maxValues} and {@code nullCount}, structs as objects, for the first leaf columns; lists
 * and maps count as one leaf.
 */
final class DeltaStatistics {
  private static final DateTimeFormatter INSTANT =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSXXX", Locale.ROOT)
          .withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter LOCAL =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private enum Part {
    MIN("minValues"),
    MAX("maxValues"),
    NULLS("nullCount");

    private final String name;

    Part(String name) {
      this.name = name;
    }
  }

  private final long rows;
  private final int maxColumns;
  private final JsonGenerator json;

  /** Leaf columns met so far. */
  private int leaves;

  private DeltaStatistics(long rows, int maxColumns, JsonGenerator json) {
    this.rows = rows;
    this.maxColumns = maxColumns;
    this.json = json;
  }

  /**
   * The statistics of a file whose row groups are all finished.
   *
   * @param maxColumns how many leaf columns have any
   */
  static String of(Type.Struct schema, ColumnTree columns, long rows, int maxColumns) {
    StringWriter out = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(out)) {
      json.writeStartObject();
      json.writeNumberField("numRecords", rows);
      for (Part part : Part.values()) {
        json.writeFieldName(part.name);
        new DeltaStatistics(rows, maxColumns, json).object(part, schema, columns.nodes());
      }
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toString();
  }

  private void object(Part part, Type.Struct struct, List<ColumnNode> nodes) throws IOException {
    json.writeStartObject();
    for (int i = 0; i < nodes.size() && leaves < maxColumns; i++) {
      Field field = struct.fields().get(i);
      if (nodes.get(i) instanceof ColumnNode.Group group) {
        if (Part.NULLS == part || hasBounds((Type.Struct) field.type())) {
          json.writeFieldName(field.name());
          object(part, (Type.Struct) field.type(), group.children());
        } else {
          leaves += leaves((Type.Struct) field.type());
        }
      } else {
        leaves++;
        leaf(part, field, nodes.get(i));
      }
    }
    json.writeEndObject();
  }

  /** Whether any leaf of a struct is of a type that Delta keeps bounds of. */
  private static boolean hasBounds(Type.Struct struct) {
    return struct.fields().stream()
        .map(Field::type)
        .anyMatch(type -> type instanceof Type.Struct inner ? hasBounds(inner) : hasBounds(type));
  }

  private static boolean hasBounds(Type type) {
    return type instanceof Type.Decimal
        || (type instanceof Type.Primitive
            && type != Type.Primitive.BOOLEAN
            && type != Type.Primitive.BINARY);
  }

  private static int leaves(Type.Struct struct) {
    return struct.fields().stream()
        .map(Field::type)
        .mapToInt(type -> type instanceof Type.Struct inner ? leaves(inner) : 1)
        .sum();
  }

  private void leaf(Part part, Field field, ColumnNode node) throws IOException {
    if (part == Part.NULLS) {
      long nulls =
          node instanceof ColumnNode.Repeated repeated
              ? rows - repeated.lists()
              : ((ColumnNode.Leaf) node).writer().fileNulls();
      json.writeNumberField(field.name(), nulls);
    } else if (hasBounds(field.type())) {
      bound(part, field, ((ColumnNode.Leaf) node).writer().fileRange());
    }
  }

  private void bound(Part part, Field field, Range range) throws IOException {
    if (range instanceof NumberRange numbers) {
      if (!numbers.isEmpty()) {
        json.writeFieldName(field.name());
        number(part, field.type(), numbers);
      }
      return;
    }
    BinaryRange bytes = (BinaryRange) range;
    if (bytes.isEmpty()) {
      return;
    }
    byte[] prefix = part == Part.MIN ? bytes.minPrefix() : bytes.maxPrefix();
    if (field.type() instanceof Type.Decimal decimal) {
      json.writeFieldName(field.name());
      json.writeNumber(new BigDecimal(new BigInteger(prefix), decimal.scale()));
      return;
    }
    String text = new String(prefix, UTF_8);
    String bound = part == Part.MIN ? StringBound.min(text) : StringBound.max(text).orElse(null);
    if (bound != null) {
      json.writeStringField(field.name(), bound);
    }
  }

  private void number(Part part, Type type, NumberRange range) throws IOException {
    if (range.isFloating()) {
      double value = part == Part.MIN ? range.least() : range.greatest();
      boolean onlyNaN = range.least() > range.greatest();
      // Spark's order has NaN behind all numbers.
      if (range.hasNaN() && (part == Part.MAX || onlyNaN)) {
        value = Double.NaN;
      }
      if (type == Type.Primitive.FLOAT) {
        json.writeNumber((float) value);
      } else {
        json.writeNumber(value);
      }
      return;
    }
    long value = part == Part.MIN ? range.min() : range.max();
    if (type instanceof Type.Decimal decimal) {
      json.writeNumber(BigDecimal.valueOf(value, decimal.scale()));
    } else if (type == Type.Primitive.DATE) {
      json.writeString(LocalDate.ofEpochDay(value).toString());
    } else if (type == Type.Primitive.TIMESTAMP) {
      json.writeString(INSTANT.format(instant(value)));
    } else if (type == Type.Primitive.TIMESTAMP_NTZ) {
      json.writeString(LOCAL.format(instant(value)));
    } else {
      json.writeNumber(value);
    }
  }

  private static Instant instant(long micros) {
    return Instant.ofEpochSecond(
        Math.floorDiv(micros, 1_000_000L), Math.floorMod(micros, 1_000_000L) * 1_000);
  }
}
