package io.millrace.ledger;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * An {@link Entry} as five longs, which are its row of the table in memory and in snapshots: the
 * key's fingerprint (2), the identity, the sequencer's digits 3 to 18, and a word of bits:
 *
 * <pre>
 *  0-39  ordinal
 * 40-47  the sequencer's digits 1 and 2
 * 48-52  how many digits the sequencer has: 1 to 18; 0 where there is none; 31 where it is kept apart
 *    53  its letters are lower-case
 *    54  the identity is of a versionId
 *    55  the rows in the table are those of the ordinal
 *    56  the newest version was gone or changed when it was to be read
 * </pre>
 *
 * A sequencer of other form (S3 has no such) and the ordinal of older rows are kept apart.
 */
final class PackedEntry {
  /** Longs of a row. */
  static final int WIDTH = 5;

  static final int MAX_DIGITS = 18;
  static final long MAX_ORDINAL = (1L << 40) - 1;

  private static final int KEPT_APART = 31;
  private static final long LOWER_CASE = 1L << 53;
  private static final long VERSIONED = 1L << 54;
  private static final long ROWS_ARE_NEWEST = 1L << 55;
  private static final long UNREAD = 1L << 56;

  private PackedEntry() {}

  static long[] pack(Entry entry) {
    if (entry.ordinal() > MAX_ORDINAL) {
      throw new LedgerException("a ledger ends at ordinal " + MAX_ORDINAL);
    }
    long bits = entry.ordinal();
    if (entry.versioned()) {
      bits |= VERSIONED;
    }
    if (entry.rows() == entry.ordinal()) {
      bits |= ROWS_ARE_NEWEST;
    }
    if (entry.unread()) {
      bits |= UNREAD;
    }
    long digits = 0;
    String sequencer = entry.sequencer();
    if (sequencer != null && !isCommon(sequencer)) {
      bits |= (long) KEPT_APART << 48;
    } else if (sequencer != null) {
      for (int i = 0; i < MAX_DIGITS; i++) {
        long digit = i < sequencer.length() ? Character.digit(sequencer.charAt(i), 16) : 0;
        if (i < 2) {
          bits |= digit << (44 - 4 * i);
        } else {
          digits |= digit << (4 * (MAX_DIGITS - 1 - i));
        }
      }
      bits |= (long) sequencer.length() << 48;
      bits |= hasLowerCase(sequencer) ? LOWER_CASE : 0;
    }
    return new long[] {entry.key().high(), entry.key().low(), entry.identity(), digits, bits};
  }

  /**
   * The entry of a row.
   *
   * @param apart its sequencer, where {@link #isKeptApart}
   * @param otherRows the ordinal of older rows, or 0
   */
  static Entry unpack(long[] words, int offset, @Nullable String apart, long otherRows) {
    long bits = words[offset + 4];
    long ordinal = ordinal(words, offset);
    return new Entry(
        new Fingerprint(words[offset], words[offset + 1]),
        words[offset + 2],
        (bits & VERSIONED) != 0,
        isKeptApart(words, offset) ? apart : sequencer(words[offset + 3], bits),
        ordinal,
        Math.max((bits & ROWS_ARE_NEWEST) != 0 ? ordinal : 0, otherRows),
        isUnread(words, offset));
  }

  static long ordinal(long[] words, int offset) {
    return words[offset + 4] & MAX_ORDINAL;
  }

  static boolean isUnread(long[] words, int offset) {
    return (words[offset + 4] & UNREAD) != 0;
  }

  static boolean isKeptApart(long[] words, int offset) {
    return length(words[offset + 4]) == KEPT_APART;
  }

  /** Whether the row can hold it, spelled exactly so. */
  static boolean isCommon(String sequencer) {
    boolean lower = false;
    boolean upper = false;
    for (int i = 0; i < sequencer.length(); i++) {
      char c = sequencer.charAt(i);
      lower |= c >= 'a' && c <= 'f';
      upper |= c >= 'A' && c <= 'F';
      if (c > 'f' || Character.digit(c, 16) < 0) {
        return false;
      }
    }
    return !sequencer.isEmpty() && sequencer.length() <= MAX_DIGITS && !(lower && upper);
  }

  private static boolean hasLowerCase(String sequencer) {
    return sequencer.chars().anyMatch(c -> c >= 'a' && c <= 'f');
  }

  private static int length(long bits) {
    return (int) (bits >>> 48) & 31;
  }

  private static @Nullable String sequencer(long digits, long bits) {
    int length = length(bits);
    if (length == 0) {
      return null;
    }
    String all = String.format(Locale.ROOT, "%02X%016X", (bits >>> 40) & 0xff, digits);
    String text = all.substring(0, length);
    return (bits & LOWER_CASE) != 0 ? text.toLowerCase(Locale.ROOT) : text;
  }
}
