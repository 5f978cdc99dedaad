package io.millrace.notification;

import org.jspecify.annotations.Nullable;

/**
 * The order of the versions of one key, as S3 tells it: sequencers are hexadecimal strings,
 * compared after the shorter is padded on the right with zeros. Those of different keys say nothing
 * of each other.
 *
 * <p>Source: Amazon S3 User Guide, "Event message structure".
 */
public final class Sequencers {

  private Sequencers() {}

  /**
   * Compares like a {@link java.util.Comparator}; upper and lower case are equal. What has no
   * sequencer (listings and manifests) is older than what has one.
   */
  public static int compare(@Nullable String left, @Nullable String right) {
    if (left == null || right == null) {
      return Boolean.compare(left != null, right != null);
    }
    int length = Math.max(left.length(), right.length());
    for (int i = 0; i < length; i++) {
      int difference = Integer.compare(digit(left, i), digit(right, i));
      if (difference != 0) {
        return difference;
      }
    }
    return 0;
  }

  /** Whether the text can be a sequencer: hexadecimal digits, one at least. */
  static boolean isValid(String text) {
    return !text.isEmpty() && text.chars().allMatch(c -> c < 128 && Character.digit(c, 16) >= 0);
  }

  private static int digit(String sequencer, int index) {
    return index < sequencer.length() ? Character.digit(sequencer.charAt(index), 16) : 0;
  }
}
