package io.millrace.convert;

import java.io.Serializable;

/**
 * How a task reads: one connection to S3 delivers less than a core converts, and an answer takes
 * longer than a small object's conversion.
 *
 * @param requests that are under way at once, in each task, at most: for ranges of a large object,
 *     fewer where they do, see {@link ReadPace}; for small objects, see {@link FetchedObjects}; 1
 *     for one request after another, without buffers
 * @param rangeBytes of one request; a task has so many bytes of memory for each of {@code requests}
 */
public record ParallelReads(int requests, int rangeBytes) implements Serializable {
  public static final int DEFAULT_REQUESTS = 4;
  public static final int DEFAULT_RANGE_BYTES = 8 << 20;

  public ParallelReads {
    if (requests < 1 || rangeBytes < 1) {
      throw new IllegalArgumentException(
          "parallel reads must be positive: %d requests of %d bytes"
              .formatted(requests, rangeBytes));
    }
  }

  public static ParallelReads defaults() {
    return new ParallelReads(DEFAULT_REQUESTS, DEFAULT_RANGE_BYTES);
  }

  /** Whether so many bytes are worth more than one request. */
  boolean pay(long bytes) {
    return requests > 1 && bytes > rangeBytes;
  }
}
