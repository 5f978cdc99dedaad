package io.millrace.ledger;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Brings a ledger's state back from its files: the newest snapshot that the head names, then the
 * segments after it. Nothing is listed, and what it reads does not depend on the age of the ledger.
 */
final class Recovery {
  private final PatientStore store;
  private final ReadAhead reads;
  private final SegmentLog log;
  private final LedgerState state;
  private @Nullable Segment last;
  private @Nullable Snapshot snapshot;

  Recovery(PatientStore store, ReadAhead reads, SegmentLog log, LedgerState state) {
    this.store = store;
    this.reads = reads;
    this.log = log;
    this.state = state;
  }

  void run() {
    Optional<Segment> head = log.last();
    if (head.isEmpty()) {
      return;
    }
    long from = head.get().snapshot();
    if (from > 0) {
      load(from);
      log.beginAfter(from);
    }
    reads.inOrder(from + 1, head.get().number(), this::segment, this::replay);
    follow();
  }

  /** Reads what was appended meanwhile. */
  void follow() {
    for (Optional<Segment> next = log.advance(); next.isPresent(); next = log.advance()) {
      replayed(next.get());
    }
  }

  /** The head; empty in a new ledger. */
  Optional<Segment> last() {
    return Optional.ofNullable(last);
  }

  /** What it began with. */
  Optional<Snapshot> snapshot() {
    return Optional.ofNullable(snapshot);
  }

  private void replay(Segment segment) {
    log.advanceTo(segment);
    replayed(segment);
  }

  private void replayed(Segment segment) {
    state.replay(segment);
    last = segment;
  }

  private Segment segment(long number) {
    String name = LedgerNames.segment(number);
    return SegmentCodec.decode(name, read(name));
  }

  private void load(long number) {
    String name = LedgerNames.snapshot(number);
    Snapshot found = Snapshot.decode(name, read(name));
    snapshot = found;
    state.begin(found);
    reads.inOrder(
        0,
        (1L << found.bits()) - 1,
        part -> {
          String partName = LedgerNames.workingSet(number, (int) part);
          return IndexPart.decode(LedgerFile.Kind.WORKING_SET, partName, read(partName));
        },
        part -> {
          synchronized (state) {
            state.index().load(part);
          }
        });
    for (int file = 0; file < found.waitingFiles(); file++) {
      String partName = LedgerNames.waiting(number, file);
      WaitingArrivals.Copy waiting = WaitingCodec.decode(partName, read(partName));
      for (int i = 0; i < waiting.bytes().length; i++) {
        state
            .waiting()
            .add(waiting.committed() + 1 + i, waiting.bytes()[i], waiting.eventMillis()[i]);
      }
    }
    if (state.waiting().head() != found.lastOrdinal()) {
      throw new LedgerException(
          "snapshot %s ends at ordinal %d, and its waiting arrivals at %d"
              .formatted(name, found.lastOrdinal(), state.waiting().head()));
    }
  }

  private byte[] read(String name) {
    return store
        .read(name)
        .orElseThrow(
            () ->
                new LedgerException(
                    "ledger %s has lost %s: files of a ledger must never be deleted; restore it"
                        .formatted(store.location(), name)));
  }
}
