package io.millrace.ledger;

/** A queue of longs that can be read at any index. Adding and taking cost the same at any size. */
final class LongRing {
  private static final int FIRST_CAPACITY = 1024;

  private long[] values = new long[FIRST_CAPACITY];
  private int first;
  private int size;

  int size() {
    return size;
  }

  /** Index 0 is the oldest. */
  long get(int index) {
    return values[(first + index) & (values.length - 1)];
  }

  void add(long value) {
    if (size == values.length) {
      resize(size * 2);
    }
    values[(first + size) & (values.length - 1)] = value;
    size++;
  }

  void removeLast() {
    size--;
  }

  void removeFirst(int count) {
    first = (first + count) & (values.length - 1);
    size -= count;
    if (size * 4L < values.length && values.length > FIRST_CAPACITY) {
      resize(Math.max(FIRST_CAPACITY, values.length / 2));
    }
  }

  private void resize(int capacity) {
    long[] moved = new long[capacity];
    for (int i = 0; i < size; i++) {
      moved[i] = get(i);
    }
    values = moved;
    first = 0;
  }
}
