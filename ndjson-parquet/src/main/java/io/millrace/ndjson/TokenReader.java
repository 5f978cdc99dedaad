package io.millrace.ndjson;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import io.millrace.schema.Type;
import io.millrace.vector.BinaryVector;
import io.millrace.vector.BooleanVector;
import io.millrace.vector.ByteArena;
import io.millrace.vector.DoubleVector;
import io.millrace.vector.FloatVector;
import io.millrace.vector.IntVector;
import io.millrace.vector.ListVector;
import io.millrace.vector.LongVector;
import io.millrace.vector.StructVector;
import io.millrace.vector.Vector;
import java.io.ByteArrayOutputStream;
import java.io.CharConversionException;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads any record, from Jackson's tokens: the definition of what a record means.
 *
 * <p>The rules are those of Spark 3.5's {@code JacksonParser} in PERMISSIVE mode with its default
 * options: a field whose value does not convert would set the corrupt-record column, so that the
 * record is malformed; the last of several fields of one name wins; what follows the object is not
 * looked at.
 */
final class TokenReader {
  private static final long MICROS_PER_SECOND = 1_000_000;

  private final ReaderOptions options;
  private final JsonFactory factory;
  private final ByteArena arena;
  private final int maxNumberChars;
  private final ZoneId timeZone;
  private final Column.Struct root;

  TokenReader(Type.Struct schema, List<Vector> columns, ByteArena arena, ReaderOptions options) {
    this.options = options;
    this.factory = factory(options);
    this.arena = arena;
    this.maxNumberChars = options.maxNumberChars();
    this.timeZone = options.timeZone();
    this.root = Column.root(schema, columns);
  }

  /**
   * Appends the record in [{@code from}, {@code to}) as the row of that number.
   *
   * @return why it is malformed, when it is; some of its values may then have been appended
   */
  @Nullable MalformedReason read(byte[] bytes, int from, int to, int row) throws IOException {
    try (JsonParser parser = factoryFor(bytes, from, to).createParser(bytes, from, to - from)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return MalformedReason.NOT_AN_OBJECT;
      }
      object(parser, root, row);
      return null;
    } catch (ConversionException e) {
      return e.reason();
    } catch (InputCoercionException | ArithmeticException | NumberFormatException e) {
      return MalformedReason.WRONG_TYPE;
    } catch (StreamConstraintsException e) {
      return MalformedReason.OVER_LIMIT;
    } catch (JsonProcessingException | CharConversionException e) {
      return MalformedReason.NOT_JSON;
    }
  }

  private static JsonFactory factory(ReaderOptions options) {
    return JsonFactory.builder()
        .enable(JsonReadFeature.ALLOW_SINGLE_QUOTES)
        .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
        // Many keys of one hash must make a reader slow, not fail.
        .disable(JsonFactory.Feature.FAIL_ON_SYMBOL_HASH_OVERFLOW)
        .streamReadConstraints(
            StreamReadConstraints.builder()
                .maxNestingDepth(options.maxDepth())
                .maxNumberLength(options.maxNumberChars())
                .maxStringLength(options.maxStringChars())
                .build())
        .build();
  }

  /**
   * Jackson pads short names with 0xFF and looks for them among those that it has met: with its
   * memory of earlier records, {@code FF 'i' 'd'} would be {@code id}. A record that has that byte,
   * which no UTF-8 has, is read without a memory, so that it means the same wherever it is read.
   */
  private JsonFactory factoryFor(byte[] bytes, int from, int to) {
    for (int i = from; i < to; i++) {
      if (bytes[i] == (byte) 0xFF) {
        return factory(options);
      }
    }
    return factory;
  }

  private void object(JsonParser parser, Column.Struct struct, int slot)
      throws IOException, ConversionException {
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      Column field = struct.field(parser.currentName());
      parser.nextToken();
      if (field == null) {
        parser.skipChildren();
      } else {
        value(parser, field, slot);
      }
    }
  }

  /** Appends the value, in place of one that the slot may have from a field of the same name. */
  private void value(JsonParser parser, Column column, int slot)
      throws IOException, ConversionException {
    column.vector().truncate(slot);
    if (parser.currentToken() == JsonToken.VALUE_NULL) {
      return;
    }
    if (column instanceof Column.Leaf leaf) {
      if (leaf.type() instanceof Type.Decimal type) {
        decimal(parser, type, leaf.vector(), slot);
      } else {
        primitive(parser, (Type.Primitive) leaf.type(), leaf.vector(), slot);
      }
    } else if (column instanceof Column.Struct struct) {
      require(parser, JsonToken.START_OBJECT);
      object(parser, struct, ((StructVector) struct.vector()).open(slot));
    } else if (column instanceof Column.Array array) {
      require(parser, JsonToken.START_ARRAY);
      array(parser, array, slot);
    } else {
      require(parser, JsonToken.START_OBJECT);
      map(parser, (Column.Map) column, slot);
    }
  }

  private void array(JsonParser parser, Column.Array array, int slot)
      throws IOException, ConversionException {
    ListVector list = array.vector();
    int element = list.open(slot);
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      value(parser, array.element(), element);
      element++;
    }
    list.close(element);
  }

  private void map(JsonParser parser, Column.Map map, int slot)
      throws IOException, ConversionException {
    ListVector list = map.vector();
    StructVector entries = (StructVector) list.element();
    int entry = list.open(slot);
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      int child = entries.open(entry);
      text(parser.currentName(), map.keys(), child);
      parser.nextToken();
      value(parser, map.value(), child);
      entry++;
    }
    list.close(entry);
  }

  private void primitive(JsonParser parser, Type.Primitive type, Vector vector, int slot)
      throws IOException, ConversionException {
    switch (type) {
      case STRING -> string(parser, (BinaryVector) vector, slot);
      case BOOLEAN -> ((BooleanVector) vector).append(slot, truth(parser));
      case BYTE -> ((IntVector) vector).append(slot, integer(parser).getByteValue());
      case SHORT -> ((IntVector) vector).append(slot, integer(parser).getShortValue());
      case INT -> ((IntVector) vector).append(slot, integer(parser).getIntValue());
      case LONG -> ((LongVector) vector).append(slot, integer(parser).getLongValue());
      case FLOAT ->
          ((FloatVector) vector)
              .append(slot, isNumber(parser) ? parser.getFloatValue() : (float) notFinite(parser));
      case DOUBLE ->
          ((DoubleVector) vector)
              .append(slot, isNumber(parser) ? parser.getDoubleValue() : notFinite(parser));
      case DATE -> ((IntVector) vector).append(slot, Dates.parse(text(parser)));
      case TIMESTAMP -> ((LongVector) vector).append(slot, timestamp(parser));
      case TIMESTAMP_NTZ -> ((LongVector) vector).append(slot, Timestamps.parseLocal(text(parser)));
      case BINARY -> {
        require(parser, JsonToken.VALUE_STRING);
        append(parser.getBinaryValue(), (BinaryVector) vector, slot);
      }
    }
  }

  /** Any value has a text: a string its own, any other the one that Jackson writes for it. */
  private void string(JsonParser parser, BinaryVector vector, int slot) throws IOException {
    if (parser.currentToken() == JsonToken.VALUE_STRING) {
      text(parser.getText(), vector, slot);
      return;
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (JsonGenerator generator = factory.createGenerator(out, JsonEncoding.UTF8)) {
      generator.copyCurrentStructure(parser);
    }
    append(out.toByteArray(), vector, slot);
  }

  private void text(String text, BinaryVector vector, int slot) {
    append(text.getBytes(UTF_8), vector, slot);
  }

  private void append(byte[] value, BinaryVector vector, int slot) {
    int end = arena.end();
    System.arraycopy(value, 0, arena.reserve(value.length), end, value.length);
    vector.append(slot, arena.commit(value.length), value.length);
  }

  private static boolean truth(JsonParser parser) throws ConversionException {
    return switch (parser.currentToken()) {
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      default -> throw new ConversionException(MalformedReason.WRONG_TYPE);
    };
  }

  private static JsonParser integer(JsonParser parser) throws ConversionException {
    require(parser, JsonToken.VALUE_NUMBER_INT);
    return parser;
  }

  private static boolean isNumber(JsonParser parser) {
    JsonToken token = parser.currentToken();
    return token == JsonToken.VALUE_NUMBER_INT || token == JsonToken.VALUE_NUMBER_FLOAT;
  }

  private static double notFinite(JsonParser parser) throws IOException, ConversionException {
    return switch (text(parser)) {
      case "NaN" -> Double.NaN;
      case "+INF", "+Infinity", "Infinity" -> Double.POSITIVE_INFINITY;
      case "-INF", "-Infinity" -> Double.NEGATIVE_INFINITY;
      default -> throw new ConversionException(MalformedReason.WRONG_TYPE);
    };
  }

  private long timestamp(JsonParser parser) throws IOException, ConversionException {
    if (parser.currentToken() == JsonToken.VALUE_NUMBER_INT) {
      // Seconds; Spark lets them overflow.
      return parser.getLongValue() * MICROS_PER_SECOND;
    }
    return Timestamps.parse(text(parser), timeZone);
  }

  private void decimal(JsonParser parser, Type.Decimal type, Vector vector, int slot)
      throws IOException, ConversionException {
    BigDecimal value;
    if (isNumber(parser)) {
      value = parser.getDecimalValue();
    } else {
      String text = text(parser);
      if (text.length() > maxNumberChars) {
        // Converting takes time that grows with the square of the length.
        throw new ConversionException(MalformedReason.OVER_LIMIT);
      }
      value = new BigDecimal(text.replace(",", ""));
    }
    BigInteger unscaled = Decimals.unscaled(value, type);
    if (vector instanceof LongVector longs) {
      longs.append(slot, unscaled.longValueExact());
    } else {
      append(Decimals.fixed(unscaled, type), (BinaryVector) vector, slot);
    }
  }

  private static String text(JsonParser parser) throws IOException, ConversionException {
    require(parser, JsonToken.VALUE_STRING);
    return parser.getText();
  }

  private static void require(JsonParser parser, JsonToken token) throws ConversionException {
    if (parser.currentToken() != token) {
      throw new ConversionException(MalformedReason.WRONG_TYPE);
    }
  }
}
