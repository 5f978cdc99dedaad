package io.millrace.ndjson;

import io.millrace.vector.Vector;

/**
 * Reads values of one field as they are nearly always written, and appends them to its vector.
 *
 * <p>All bytes that are read lie in a line that ends with a terminator, which no value may contain,
 * so that no reader needs to look for the end of the bytes.
 */
abstract class PlainValue {
  /** Returned instead of a position when the record is not plain, whatever may be wrong with it. */
  static final int REFUSED = -1;

  private final Vector vector;

  PlainValue(Vector vector) {
    this.vector = vector;
  }

  /**
   * Reads the value that begins at a position, which is not a blank.
   *
   * @param slot the vector's slot for it
   * @return the position behind the value, or {@link #REFUSED}; what follows is for the caller to
   *     judge
   */
  abstract int read(byte[] bytes, int position, int slot);

  /** Whether the slot has a value already, from an earlier field of the same name. */
  final boolean isDecided(int slot) {
    return vector.slots() > slot;
  }

  /** What every reader does when the value does not begin as its own do. */
  final int readNull(byte[] bytes, int position, int slot) {
    return Literals.isNull(bytes, position) && !isDecided(slot) ? position + 4 : REFUSED;
  }

  /** The first position from {@code position} on that is neither a space nor a tab. */
  static int skipBlanks(byte[] bytes, int position) {
    int i = position;
    while (bytes[i] == ' ' || bytes[i] == '\t') {
      i++;
    }
    return i;
  }
}
