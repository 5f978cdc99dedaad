package io.millrace.source;

import io.millrace.ledger.Arrival;
import io.millrace.ledger.Backlog;
import io.millrace.ledger.Ledger;
import java.util.List;
import java.util.UUID;

/** What the source reads of a {@link Ledger}; each method is the ledger's of that name. */
interface ArrivalLog {
  UUID id();

  String stream();

  long head();

  /** The ordinal of the ledger's committed offset. */
  long committed();

  long admissible(long from, long maxObjects, long maxBytes, long bytesAnObject);

  List<Arrival> arrivals(long fromExclusive, long toInclusive);

  Backlog backlog();

  static ArrivalLog of(Ledger ledger) {
    return new ArrivalLog() {
      @Override
      public UUID id() {
        return ledger.id();
      }

      @Override
      public String stream() {
        return ledger.stream();
      }

      @Override
      public long head() {
        return ledger.head();
      }

      @Override
      public long committed() {
        return ledger.committed().ordinal();
      }

      @Override
      public long admissible(long from, long maxObjects, long maxBytes, long bytesAnObject) {
        return ledger.admissible(from, maxObjects, maxBytes, bytesAnObject);
      }

      @Override
      public List<Arrival> arrivals(long fromExclusive, long toInclusive) {
        return ledger.arrivals(fromExclusive, toInclusive);
      }

      @Override
      public Backlog backlog() {
        return ledger.backlog();
      }
    };
  }
}
