package io.millrace.parquet;

/** The least and the greatest of some values, with the order that Parquet defines for the type. */
abstract sealed class Range permits BinaryRange, BooleanRange, NumberRange {

  /** Whether the bounds hold for every value there was; without values they do not. */
  abstract boolean isKnown();

  /** A lower bound as Parquet stores it, shortened to a bound of about {@code limit} bytes. */
  abstract byte[] min(int limit);

  /** The upper bound likewise. */
  abstract byte[] max(int limit);

  /** Less than, equal to or greater than 0 as this least value is to another's. */
  abstract int compareMin(Range other);

  /** The same for the greatest values. */
  abstract int compareMax(Range other);

  /** Takes in another range of the same kind. */
  abstract void add(Range other);

  abstract void clear();

  /** An empty one of the same kind. */
  abstract Range fresh();
}
