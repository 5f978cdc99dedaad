package io.millrace.plan;

import io.millrace.ledger.Arrival;
import java.io.Serializable;

/**
 * A byte range of one object; it owns the records whose first byte lies inside it.
 *
 * @param arrival the object
 * @param start the first byte
 * @param end the byte behind the last
 */
public record Split(Arrival arrival, long start, long end) implements Serializable {
  public Split {
    if (start < 0 || end < start || end > arrival.object().sizeBytes()) {
      throw new IllegalArgumentException(
          "no split of %d bytes: %d to %d".formatted(arrival.object().sizeBytes(), start, end));
    }
  }

  /** Whether it is the object from end to end, which then may be compressed. */
  public boolean isWhole() {
    return bytes() == arrival.object().sizeBytes();
  }

  /** Its length in bytes. */
  public long bytes() {
    return end - start;
  }
}
