package io.millrace.conversion;

import io.millrace.input.Compression;
import io.millrace.input.Input;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Divides large objects that are not compressed, so that several threads can share one.
 *
 * @param splitBytes the size of a split, or nearly
 */
public record Splitter(long splitBytes) {
  /** Large enough that opening it costs nothing, small enough that threads end together. */
  public static final long DEFAULT_SPLIT_BYTES = 128L << 20;

  public Splitter {
    if (splitBytes < 1) {
      throw new IllegalArgumentException("splitBytes must be positive: " + splitBytes);
    }
  }

  /** The splits of all objects, in order. */
  public List<Split> splits(List<? extends Input> inputs) throws IOException {
    List<Split> splits = new ArrayList<>();
    for (Input input : inputs) {
      long size = input.size();
      long count = (size + splitBytes - 1) / splitBytes;
      if (count < 2 || Compression.of(input) != Compression.NONE) {
        splits.add(Split.whole(input));
        continue;
      }
      long each = (size + count - 1) / count;
      for (long start = 0; start < size; start += each) {
        splits.add(Split.range(input, start, Math.min(start + each, size)));
      }
    }
    return splits;
  }
}
