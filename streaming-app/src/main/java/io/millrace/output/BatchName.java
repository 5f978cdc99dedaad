package io.millrace.output;

import java.io.Serializable;
import java.util.Locale;

/**
 * One attempt at one batch, as the names of its files have it.
 *
 * @param firstOrdinal the batch's first ordinal
 * @param lastOrdinal its last
 * @param attempt from 1
 */
public record BatchName(long firstOrdinal, long lastOrdinal, int attempt) implements Serializable {
  private static final long serialVersionUID = 1;

  public BatchName {
    if (firstOrdinal < 1 || lastOrdinal < firstOrdinal || attempt < 1) {
      throw new IllegalArgumentException(
          "no batch: ordinals %d to %d, attempt %d".formatted(firstOrdinal, lastOrdinal, attempt));
    }
  }

  /** Such as {@code 000000000041-000000000057.1}. */
  @Override
  public String toString() {
    return String.format(Locale.ROOT, "%012d-%012d.%d", firstOrdinal, lastOrdinal, attempt);
  }
}
