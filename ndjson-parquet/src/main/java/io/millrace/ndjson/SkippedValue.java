package io.millrace.ndjson;

/**
 * Passes over values of fields that the schema does not have, which must be as valid as others.
 *
 * <p>Does not recurse: one bit for each open object or array tells which it is.
 */
final class SkippedValue {
  /** As many as a long has bits. */
  private static final int MOST_DEPTH = 64;

  private final int maxDepth;
  private final PlainNumber number = new PlainNumber();

  /**
   * @param maxDepth how deep the value may be nested; deeper ones are refused
   */
  SkippedValue(int maxDepth) {
    this.maxDepth = Math.min(maxDepth, MOST_DEPTH);
  }

  /** Returns the position behind the value, or {@link PlainValue#REFUSED}. */
  int skip(byte[] bytes, int position) {
    int i = position;
    long objects = 0;
    int depth = 0;
    while (true) {
      // A value begins here.
      byte b = bytes[i];
      boolean opened = b == '{' || b == '[';
      if (opened) {
        if (++depth > maxDepth) {
          return PlainValue.REFUSED;
        }
        objects = (objects << 1) | (b == '{' ? 1 : 0);
        i = PlainValue.skipBlanks(bytes, i + 1);
        if (bytes[i] != (b == '{' ? '}' : ']')) {
          if (b == '{') {
            i = skipKey(bytes, i);
            if (i < 0) {
              return i;
            }
          }
          continue;
        }
      } else {
        i = skipScalar(bytes, i);
        if (i < 0 || depth == 0) {
          return i;
        }
        i = PlainValue.skipBlanks(bytes, i);
      }
      // A value has ended, or an object or array without content is about to.
      while (bytes[i] == ((objects & 1) != 0 ? '}' : ']')) {
        objects >>>= 1;
        i++;
        if (--depth == 0) {
          return i;
        }
        i = PlainValue.skipBlanks(bytes, i);
        opened = false;
      }
      if (opened || bytes[i] != ',') {
        return PlainValue.REFUSED;
      }
      i = PlainValue.skipBlanks(bytes, i + 1);
      if ((objects & 1) != 0) {
        i = skipKey(bytes, i);
        if (i < 0) {
          return i;
        }
      }
    }
  }

  /** Returns the position of the value behind a key and its colon. */
  private static int skipKey(byte[] bytes, int position) {
    int i = skipString(bytes, position);
    if (i < 0) {
      return i;
    }
    i = PlainValue.skipBlanks(bytes, i);
    return bytes[i] == ':' ? PlainValue.skipBlanks(bytes, i + 1) : PlainValue.REFUSED;
  }

  private static int skipString(byte[] bytes, int position) {
    if (bytes[position] != '"') {
      return PlainValue.REFUSED;
    }
    int end = Strings.end(bytes, position + 1);
    if (end < 0 && end != Strings.INVALID) {
      end = Unescaper.skip(bytes, ~end);
    }
    return end < 0 ? PlainValue.REFUSED : end + 1;
  }

  private int skipScalar(byte[] bytes, int position) {
    if (bytes[position] == '"') {
      return skipString(bytes, position);
    } else if (Literals.isNull(bytes, position) || Literals.isTrue(bytes, position)) {
      return position + 4;
    } else if (Literals.isFalse(bytes, position)) {
      return position + 5;
    }
    return number.read(bytes, position);
  }
}
