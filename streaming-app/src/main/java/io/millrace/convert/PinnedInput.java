package io.millrace.convert;

import io.millrace.input.Input;
import io.millrace.ledger.Arrival;
import io.millrace.plan.Split;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * The object of a split, pinned, as the converting library reads it.
 *
 * @param fetched all of it, on its way into memory; null where it is read as it is opened
 */
record PinnedInput(S3Client s3, Split split, ParallelReads reads, @Nullable FetchedRange fetched)
    implements Input {
  /** Behind a split's end, the rest of its last record is asked for with it. */
  static final long LIKELY_RECORD_BYTES = 64 << 10;

  Arrival arrival() {
    return split.arrival();
  }

  /** Neither bucket nor key: it gets into messages. */
  @Override
  public String name() {
    return "arrival " + arrival().ordinal();
  }

  @Override
  public long size() {
    return arrival().object().sizeBytes();
  }

  @Override
  public InputStream open(long offset) {
    if (fetched != null && offset == 0 && fetched.isUntouched()) {
      return fetched.stream();
    }
    PinnedObject object = new PinnedObject(s3, arrival());
    long needed = Math.min(size(), split.end() + LIKELY_RECORD_BYTES);
    return reads.pay(needed - offset)
        ? new ParallelInputStream(object, size(), offset, needed, reads, System::nanoTime)
        : new PinnedInputStream(object, size(), offset, needed);
  }
}
