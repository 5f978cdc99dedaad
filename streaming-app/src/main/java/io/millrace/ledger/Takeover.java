package io.millrace.ledger;

import static io.millrace.ledger.LedgerFile.readText;
import static io.millrace.ledger.LedgerFile.writeText;

import io.millrace.ledger.Segment.Owner;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Makes this process the owner of a ledger, by appending a segment of its own. */
final class Takeover {
  private Takeover() {}

  /**
   * The ledger's identity.
   *
   * @param made what it is where there is none yet
   */
  static UUID identity(PatientStore store, String stream, UUID made) {
    byte[] file = LedgerFile.encode(LedgerFile.Kind.STREAM, made, out -> writeText(out, stream));
    if (store.putIfAbsent(LedgerNames.STREAM, file)) {
      return made;
    }
    byte[] standing = store.read(LedgerNames.STREAM).orElseThrow();
    return LedgerFile.decode(
        LedgerFile.Kind.STREAM,
        LedgerNames.STREAM,
        standing,
        (in, id) -> {
          String owner = readText(in);
          if (!owner.equals(stream)) {
            throw new LedgerException(
                ("the ledger %s is of stream '%s', not of '%s': give each stream a ledger of its"
                        + " own")
                    .formatted(store.location(), owner, stream));
          }
          return id;
        });
  }

  /**
   * Appends the segment that makes us the owner; while an older owner still appends, what it
   * appended is read and the next number is tried.
   *
   * @param nonce this process's own
   * @param recovery has read what there is
   */
  static Owner run(SegmentLog log, InstantSource clock, UUID nonce, Recovery recovery) {
    String who =
        "%s process %d at %s"
            .formatted(
                Optional.ofNullable(System.getenv("HOSTNAME")).orElse("unknown host"),
                ProcessHandle.current().pid(),
                clock.instant());
    while (true) {
      Segment last = recovery.last().orElse(null);
      Owner owner = new Owner(last == null ? 1 : last.owner().epoch() + 1, nonce, who);
      Segment claim =
          last == null
              ? new Segment(1, owner, 1, List.of(), List.of(), CommittedOffset.NONE, 1, 0)
              : new Segment(
                  last.number() + 1,
                  owner,
                  last.lastOrdinal() + 1,
                  List.of(),
                  List.of(),
                  last.committed(),
                  last.nextRequest(),
                  last.snapshot());
      if (log.append(claim)) {
        return owner;
      }
      recovery.follow();
    }
  }
}
