package io.millrace.ndjson;

/** Why a record is not a row. */
public enum MalformedReason {
  /** It is not JSON, or breaks off, or has bytes that are no characters. */
  NOT_JSON,
  /** It is JSON, but not an object. */
  NOT_AN_OBJECT,
  /** A value can't be converted to the type that the schema gives the field. */
  WRONG_TYPE,
  /** It is nested deeper, or has a longer number or text, than the limits of the reader allow. */
  OVER_LIMIT
}
