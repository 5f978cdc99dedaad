package io.millrace.schema;

/** Says why a type can't be had, and what to do. */
final class UnknownTypes {
  private UnknownTypes() {}

  static String problem(String name) {
    if (name.startsWith("varchar") || name.startsWith("char")) {
      return "Spark reads no %s from JSON; use STRING".formatted(name);
    }
    if (name.startsWith("interval")) {
      return "intervals can't be written to Parquet; use STRING";
    }
    if (name.equals("void") || name.equals("null")) {
      return "a field needs a type that can hold a value; use STRING, or leave the field out";
    }
    if (name.equals("variant")) {
      return "Spark 3.5 has no type variant; use STRING, which keeps any value as JSON";
    }
    return ("no type is called %s; there are STRING, BOOLEAN, TINYINT, SMALLINT, INT, BIGINT, FLOAT,"
            + " DOUBLE, DECIMAL(p,s), DATE, TIMESTAMP, TIMESTAMP_NTZ, BINARY, STRUCT<…>, ARRAY<…>"
            + " and MAP<STRING, …>")
        .formatted(name);
  }

  static String decimalProblem(int precision, int scale) {
    return "there is no DECIMAL(%d,%d): the precision is 1 to 38, the scale 0 to the precision"
        .formatted(precision, scale);
  }
}
