package io.millrace.ndjson;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the fields of objects of one struct, each where its key says.
 *
 * <p>Records of one kind have their fields in the same order nearly always. So the key that
 * followed last time is compared with what is there before it is looked for.
 */
final class PlainFields {
  private final KeyTable keys = new KeyTable();
  private final SkippedValue skipped;

  /** What the first field follows. */
  private final Key start = Key.nowhere();

  /** Stands for any key that is neither known nor remembered. */
  private final Key other = Key.nowhere();

  /** Where the value of the key begins that was looked for last. */
  private int valuePosition;

  /**
   * @param known of the struct's fields, in order
   */
  PlainFields(List<Key> known, SkippedValue skipped) {
    this.skipped = skipped;
    Key previous = start;
    for (Key key : known) {
      keys.add(key);
      previous.next = key;
      previous = key;
    }
    previous.next = start;
  }

  /**
   * Reads the fields of one object.
   *
   * @param position behind its opening brace
   * @param slot of the object's values
   * @return the position behind the closing brace, or {@link PlainValue#REFUSED}
   */
  int read(byte[] bytes, int position, int slot) {
    int i = PlainValue.skipBlanks(bytes, position);
    if (bytes[i] == '}') {
      return i + 1;
    }
    Key previous = start;
    while (true) {
      Key key = previous.next;
      if (key.isAt(bytes, i)) {
        i += key.length;
      } else {
        // Perhaps one is lacking that was there last time.
        key = key.next;
        if (key.isAt(bytes, i)) {
          i += key.length;
        } else {
          key = find(bytes, i, previous);
          if (key == null) {
            return PlainValue.REFUSED;
          }
          i = valuePosition;
        }
      }
      if (bytes[i] == ' ') {
        i = PlainValue.skipBlanks(bytes, i);
      }
      PlainValue value = key.value;
      i = value == null ? skipped.skip(bytes, i) : value.read(bytes, i, slot);
      if (i < 0) {
        return PlainValue.REFUSED;
      }
      previous = key;
      if (bytes[i] != ',') {
        i = PlainValue.skipBlanks(bytes, i);
        if (bytes[i] == '}') {
          return i + 1;
        }
        if (bytes[i] != ',') {
          return PlainValue.REFUSED;
        }
      }
      i++;
      if (bytes[i] != '"') {
        i = PlainValue.skipBlanks(bytes, i);
      }
    }
  }

  /** Reads the key at a position, whichever it is; null when none is there. */
  private @Nullable Key find(byte[] bytes, int position, Key previous) {
    if (bytes[position] != '"') {
      return null;
    }
    int from = position + 1;
    int to = Strings.end(bytes, from);
    if (to < 0) {
      return null;
    }
    int colon = PlainValue.skipBlanks(bytes, to + 1);
    if (bytes[colon] != ':') {
      return null;
    }
    valuePosition = PlainValue.skipBlanks(bytes, colon + 1);
    Key key = keys.find(bytes, from, to);
    if (key == null) {
      key = keys.remember(bytes, from, to);
    }
    if (key == null) {
      other.next = previous.next;
      return other;
    }
    previous.next = key;
    return key;
  }
}
