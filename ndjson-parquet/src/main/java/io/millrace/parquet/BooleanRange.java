package io.millrace.parquet;

/** False before true. */
final class BooleanRange extends Range {
  private boolean anyFalse;
  private boolean anyTrue;

  void add(boolean value) {
    anyTrue |= value;
    anyFalse |= !value;
  }

  boolean min() {
    return !anyFalse;
  }

  boolean max() {
    return anyTrue;
  }

  @Override
  boolean isKnown() {
    return anyFalse || anyTrue;
  }

  @Override
  byte[] min(int limit) {
    return new byte[] {(byte) (min() ? 1 : 0)};
  }

  @Override
  byte[] max(int limit) {
    return new byte[] {(byte) (max() ? 1 : 0)};
  }

  @Override
  int compareMin(Range other) {
    return Boolean.compare(min(), ((BooleanRange) other).min());
  }

  @Override
  int compareMax(Range other) {
    return Boolean.compare(max(), ((BooleanRange) other).max());
  }

  @Override
  void add(Range other) {
    BooleanRange range = (BooleanRange) other;
    anyFalse |= range.anyFalse;
    anyTrue |= range.anyTrue;
  }

  @Override
  void clear() {
    anyFalse = false;
    anyTrue = false;
  }

  @Override
  Range fresh() {
    return new BooleanRange();
  }
}
