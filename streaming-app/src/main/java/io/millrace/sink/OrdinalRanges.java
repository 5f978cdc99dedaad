package io.millrace.sink;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * Ordinals as a few ranges that hold them all: Delta skips files by each range of a condition, but
 * of a list of values it takes the least and the greatest only.
 */
final class OrdinalRanges {
  /** More would make the condition longer than it is worth: then the smallest gaps are closed. */
  static final int MOST = 64;

  private final TreeSet<Long> ordinals;

  /** From its first ordinal to its last, both of them inside. */
  record Range(long first, long last) {}

  OrdinalRanges(List<Long> ordinals) {
    this.ordinals = new TreeSet<>(ordinals);
  }

  /** Ascending; at most {@link #MOST}. */
  List<Range> ranges() {
    List<Long> sorted = List.copyOf(ordinals);
    List<Integer> ends =
        IntStream.range(0, sorted.size() - 1)
            .boxed()
            .sorted(Comparator.comparing(i -> sorted.get(i) - sorted.get(i + 1)))
            .limit(MOST - 1L)
            .filter(i -> sorted.get(i + 1) - sorted.get(i) > 1)
            .sorted()
            .toList();
    List<Range> ranges = new ArrayList<>();
    int begin = 0;
    for (int end : ends) {
      ranges.add(new Range(sorted.get(begin), sorted.get(end)));
      begin = end + 1;
    }
    if (!sorted.isEmpty()) {
      ranges.add(new Range(sorted.get(begin), sorted.get(sorted.size() - 1)));
    }
    return ranges;
  }

  /** Whether one of the ordinals is from {@code least} to {@code greatest}. */
  boolean meet(long least, long greatest) {
    Long next = ordinals.ceiling(least);
    return next != null && next <= greatest;
  }
}
