package io.millrace.convert;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Divides what there is too little of. */
final class Shares {
  private Shares() {}

  /**
   * Gives to each what it wants, or as much as the others that do not get all either; the small
   * ones so get all. Never more than {@code total} together.
   */
  static Map<Long, Long> of(Map<Long, Long> wanted, long total) {
    List<Map.Entry<Long, Long>> ascending =
        wanted.entrySet().stream()
            .sorted(Map.Entry.<Long, Long>comparingByValue(Comparator.naturalOrder()))
            .toList();
    Map<Long, Long> shares = new TreeMap<>();
    long left = total;
    int others = ascending.size();
    for (Map.Entry<Long, Long> each : ascending) {
      long share = Math.min(each.getValue(), left / others--);
      shares.put(each.getKey(), share);
      left -= share;
    }
    return shares;
  }
}
