package io.millrace.convert;

import io.millrace.conversion.MalformedRecords;
import io.millrace.input.Input;
import io.millrace.ledger.Arrival;
import io.millrace.ndjson.MalformedReason;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;

/** Counts a task's malformed records, and keeps the first of them within limits. */
final class MalformedKeeper implements MalformedRecords {
  private final MalformedLimits limits;
  private final int maxKeptRecordBytes;
  private final MalformedFiles files;
  private final Map<Long, Quota> counted = new TreeMap<>();
  private final Map<Long, Long> kept = new TreeMap<>();
  private Quota keptOfAll = Quota.NONE;

  /** No more of the object is kept; thrown to end its reading. */
  static final class EnoughException extends IOException {
    EnoughException() {
      super("no more malformed records of this object are kept");
    }
  }

  MalformedKeeper(MalformedLimits limits, int maxKeptRecordBytes, MalformedFiles files) {
    this.limits = limits;
    this.maxKeptRecordBytes = maxKeptRecordBytes;
    this.files = files;
  }

  @Override
  public void add(Input input, long offset, byte[] bytes, int from, int to, MalformedReason reason)
      throws IOException {
    Arrival arrival = ((PinnedInput) input).arrival();
    long length = Math.min(to - from, maxKeptRecordBytes);
    Quota ofObject = counted(arrival.ordinal()).plusRecord(length);
    counted.put(arrival.ordinal(), ofObject);
    Quota ofAll = keptOfAll.plusRecord(length);
    if (ofObject.isWithin(limits.of(arrival.ordinal())) && ofAll.isWithin(limits.task())) {
      files.add(arrival, offset, bytes, from, to, reason);
      keptOfAll = ofAll;
      kept.merge(arrival.ordinal(), 1L, Long::sum);
    } else if (limits.onlyMalformed()) {
      throw new EnoughException();
    }
  }

  /** Malformed records of an object so far, and their lengths as far as they would be kept. */
  Quota counted(long ordinal) {
    return counted.getOrDefault(ordinal, Quota.NONE);
  }

  /** By ordinal. */
  Map<Long, Long> kept() {
    return kept;
  }
}
