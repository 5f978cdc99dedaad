package io.millrace.schema;

import java.util.List;

/** The type of a field; the names are those of Spark SQL. */
public sealed interface Type {

  /** Types without parameters. */
  enum Primitive implements Type {
    STRING,
    BOOLEAN,
    /** 8 bits, signed. */
    BYTE,
    /** 16 bits, signed. */
    SHORT,
    /** 32 bits, signed. */
    INT,
    /** 64 bits, signed. */
    LONG,
    FLOAT,
    DOUBLE,
    /** Days since 1970-01-01. */
    DATE,
    /** An instant, in microseconds since 1970-01-01T00:00Z. */
    TIMESTAMP,
    /** A local date and time, in microseconds since 1970-01-01T00:00. */
    TIMESTAMP_NTZ,
    /** Bytes; base64 in JSON. */
    BINARY
  }

  /**
   * An exact number of fixed scale.
   *
   * @param precision digits in all, 1 to 38
   * @param scale digits behind the point, 0 to {@code precision}
   */
  record Decimal(int precision, int scale) implements Type {
    /** The most digits that fit into 64 bits. */
    public static final int MAX_LONG_PRECISION = 18;

    private static final int MAX_PRECISION = 38;

    public Decimal {
      if (precision < 1 || precision > MAX_PRECISION || scale < 0 || scale > precision) {
        throw new IllegalArgumentException("no decimal type: (%d, %d)".formatted(precision, scale));
      }
    }
  }

  /** Named fields, in order. Names are case-sensitive; none is there twice. */
  record Struct(List<Field> fields) implements Type {
    public Struct {
      fields = List.copyOf(fields);
      if (fields.stream().map(Field::name).distinct().count() != fields.size()) {
        throw new IllegalArgumentException(
            "a field is there twice in " + fields.stream().map(Field::name).toList());
      }
    }
  }

  /** Elements of one type. */
  record Array(Type element, boolean containsNull) implements Type {}

  /** Values of one type under text keys. */
  record Map(Type value, boolean valueContainsNull) implements Type {}
}
