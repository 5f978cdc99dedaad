package io.millrace.ledger;

import io.millrace.ledger.PreparedCodec.Prepared;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** The prepared batches of one ledger: numbered attempts under each first ordinal. */
final class PreparedRecords {
  private final PatientStore store;
  private final UUID nonce;

  PreparedRecords(PatientStore store, UUID nonce) {
    this.store = store;
    this.nonce = nonce;
  }

  /** All attempts of the batch that begins there, ascending; one read more than there are. */
  List<PreparedBatch> attempts(long firstOrdinal) {
    List<PreparedBatch> attempts = new ArrayList<>();
    for (Prepared prepared : read(firstOrdinal)) {
      attempts.add(prepared.batch());
    }
    return attempts;
  }

  /**
   * Writes the record, unless there is one of its name.
   *
   * @param before the committed offset that the batch follows
   * @return whether the record that now stands is this one
   */
  boolean put(CommittedOffset before, PreparedBatch batch) {
    String name = LedgerNames.prepared(batch.firstOrdinal(), batch.attempt());
    return store.putIfAbsent(name, PreparedCodec.encode(nonce, new Prepared(before, batch)));
  }

  /**
   * The batch that the table has committed behind {@code before}, where it is now at {@code table}.
   *
   * @throws LedgerException where there is no record of it
   */
  PreparedBatch committedAfter(CommittedOffset before, CommittedOffset table) {
    List<Prepared> attempts = read(before.ordinal() + 1);
    if (attempts.isEmpty()) {
      throw doNotBelong(before, table, "there is no prepared batch behind ordinal " + before);
    }
    long last = attempts.get(0).batch().lastOrdinal();
    if (last > table.ordinal()) {
      throw doNotBelong(before, table, "the next batch ends at ordinal " + last);
    }
    int attempt = last == table.ordinal() ? table.attempt() : attemptBefore(last, before, table);
    return attempts.stream()
        .map(Prepared::batch)
        .filter(batch -> batch.attempt() == attempt)
        .findFirst()
        .orElseThrow(
            () ->
                doNotBelong(
                    before, table, "attempt %d of that batch is not known".formatted(attempt)));
  }

  /** The next batch's record says which attempt of this one was committed. */
  private int attemptBefore(long ordinal, CommittedOffset before, CommittedOffset table) {
    List<Prepared> next = read(ordinal + 1);
    if (next.isEmpty()) {
      throw doNotBelong(before, table, "there is no prepared batch behind ordinal " + ordinal);
    }
    return next.get(0).before().attempt();
  }

  private List<Prepared> read(long firstOrdinal) {
    List<Prepared> found = new ArrayList<>();
    while (true) {
      String name = LedgerNames.prepared(firstOrdinal, found.size() + 1);
      var file = store.read(name);
      if (file.isEmpty()) {
        return found;
      }
      found.add(PreparedCodec.decode(name, file.get()));
    }
  }

  private LedgerException doNotBelong(CommittedOffset before, CommittedOffset table, String why) {
    return new LedgerException(
        ("ledger %s and the table do not belong together: the table says that ordinal %d (attempt"
                + " %d) is committed, the ledger knows the way up to %d, and %s. Restore both to"
                + " the same time, or give the stream a new ledger and a new table")
            .formatted(store.location(), table.ordinal(), table.attempt(), before.ordinal(), why));
  }
}
