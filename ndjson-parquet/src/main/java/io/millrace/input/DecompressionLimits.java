package io.millrace.input;

import java.io.Serializable;

/**
 * How much a compressed object may grow: a few kilobytes can be made to stand for terabytes.
 *
 * @param maxBytes of decompressed data, of one object
 * @param maxRatio of decompressed to compressed bytes; looked at from {@link #RATIO_FROM_BYTES} on
 */
public record DecompressionLimits(long maxBytes, int maxRatio) implements Serializable {
  public static final long DEFAULT_MAX_BYTES = 1L << 40;

  /** Records compress to a tenth or a thirtieth; gzip can't exceed 1032. */
  public static final int DEFAULT_MAX_RATIO = 200;

  /** Small objects that repeat themselves may well compress better. */
  public static final long RATIO_FROM_BYTES = 64 << 20;

  public DecompressionLimits {
    if (maxBytes < 1) {
      throw new IllegalArgumentException("maxBytes must be positive: " + maxBytes);
    }
    if (maxRatio < 1) {
      throw new IllegalArgumentException("maxRatio must be positive: " + maxRatio);
    }
  }

  public static DecompressionLimits defaults() {
    return new DecompressionLimits(DEFAULT_MAX_BYTES, DEFAULT_MAX_RATIO);
  }
}
