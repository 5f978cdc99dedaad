package io.millrace.demo.check;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.delta.kernel.types.ArrayType;
import io.delta.kernel.types.BooleanType;
import io.delta.kernel.types.DataType;
import io.delta.kernel.types.DecimalType;
import io.delta.kernel.types.DoubleType;
import io.delta.kernel.types.IntegerType;
import io.delta.kernel.types.LongType;
import io.delta.kernel.types.StringType;
import io.delta.kernel.types.StructField;
import io.delta.kernel.types.StructType;
import io.delta.kernel.types.TimestampType;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** Parses lines of JSON and puts their values into the one form. */
final class JsonRecords {
  private final ObjectReader reader =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build()
          .reader();

  /**
   * Reads one line.
   *
   * @param into is cleared first
   * @return the record's id
   */
  String read(byte[] line, CanonicalBytes into) throws MalformedLineException {
    JsonNode record = parse(line);
    into.clear();
    add(record, OrderSchema.RECORD, into);
    JsonNode id = record.get(OrderSchema.ID);
    if (id == null || id.isNull()) {
      throw new IllegalStateException("the source has a record without an id: " + record);
    }
    return id.textValue();
  }

  private JsonNode parse(byte[] line) throws MalformedLineException {
    try {
      return reader.readTree(line);
    } catch (IOException e) {
      throw new MalformedLineException("not JSON");
    }
  }

  private static void add(@Nullable JsonNode value, DataType type, CanonicalBytes into)
      throws MalformedLineException {
    if (value == null || value.isNull()) {
      into.addNull();
    } else if (type instanceof StructType struct) {
      demand(value.isObject(), value, type);
      into.addStruct();
      for (StructField field : struct.fields()) {
        add(value.get(field.getName()), field.getDataType(), into);
      }
    } else if (type instanceof ArrayType array) {
      demand(value.isArray(), value, type);
      into.addArray(value.size());
      for (JsonNode element : value) {
        add(element, array.getElementType(), into);
      }
    } else {
      addScalar(value, type, into);
    }
  }

  private static void addScalar(JsonNode value, DataType type, CanonicalBytes into)
      throws MalformedLineException {
    if (type instanceof StringType) {
      demand(value.isTextual(), value, type);
      into.add(value.textValue());
    } else if (type instanceof LongType || type instanceof IntegerType) {
      demand(value.isIntegralNumber(), value, type);
      into.add(value.longValue());
    } else if (type instanceof DoubleType) {
      demand(value.isNumber(), value, type);
      into.add(value.doubleValue());
    } else if (type instanceof DecimalType decimal) {
      demand(value.isNumber(), value, type);
      BigDecimal exact = value.decimalValue();
      into.add(exact.setScale(decimal.getScale(), RoundingMode.HALF_UP));
    } else if (type instanceof BooleanType) {
      demand(value.isBoolean(), value, type);
      into.add(value.booleanValue());
    } else if (type instanceof TimestampType) {
      demand(value.isTextual(), value, type);
      into.add(micros(value.textValue()));
    } else {
      throw new IllegalStateException("the checker knows no values of type " + type);
    }
  }

  private static long micros(String text) throws MalformedLineException {
    try {
      return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.parse(text));
    } catch (DateTimeParseException e) {
      throw new MalformedLineException("not a timestamp: " + text);
    }
  }

  private static void demand(boolean fits, JsonNode value, DataType type)
      throws MalformedLineException {
    if (!fits) {
      throw new MalformedLineException(value.getNodeType() + " is not " + type);
    }
  }
}
