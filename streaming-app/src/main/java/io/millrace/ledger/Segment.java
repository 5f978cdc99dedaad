package io.millrace.ledger;

import static java.util.Objects.requireNonNull;

import io.millrace.notification.Notification;
import java.util.List;
import java.util.UUID;

/**
 * What one flush made durable.
 *
 * @param number 1, 2, 3 …; the file's name
 * @param owner who wrote it
 * @param firstOrdinal the ordinal of its first arrival, or that of the next one where it has none
 * @param arrivals ascending, without gaps
 * @param sightings versions that were told of again with another sequencer
 * @param committed the committed offset as far as the owner knew; advice
 * @param nextRequest requests below this number have answers
 * @param snapshot the newest snapshot that the owner knew; 0 where there was none
 */
record Segment(
    long number,
    Owner owner,
    long firstOrdinal,
    List<Arrival> arrivals,
    List<Sighting> sightings,
    CommittedOffset committed,
    long nextRequest,
    long snapshot) {

  /**
   * A process that has, or had, the stream.
   *
   * @param epoch one more with each takeover
   * @param nonce the process's own
   * @param who host, process and time, for people
   */
  record Owner(long epoch, UUID nonce, String who) {}

  /**
   * A version of a key, told of again with another sequencer: the newest by a retried write, or
   * what a listing told of by its event.
   *
   * @param sequencer the other one
   * @param identity the version's, see {@link Fingerprint#identity}
   * @param ordinal the version's; 0, without an identity, in a file of version 1, whose sightings
   *     are of the version that was the newest after the segment's arrivals
   * @param versioned whether the identity is of a versionId; false in files up to version 2
   */
  record Sighting(
      String bucket, String key, String sequencer, long identity, long ordinal, boolean versioned) {

    /** Of an entry's version. */
    static Sighting of(Entry version, Notification again) {
      return new Sighting(
          again.bucket(),
          again.key(),
          requireNonNull(again.sequencer()),
          version.identity(),
          version.ordinal(),
          version.versioned());
    }
  }

  Segment {
    arrivals = List.copyOf(arrivals);
    sightings = List.copyOf(sightings);
    if (snapshot < 0 || snapshot >= number) {
      throw new IllegalArgumentException(
          "segment %d names snapshot %d".formatted(number, snapshot));
    }
    for (int i = 0; i < arrivals.size(); i++) {
      if (arrivals.get(i).ordinal() != firstOrdinal + i) {
        throw new IllegalArgumentException(
            "ordinal %d stands where %d belongs"
                .formatted(arrivals.get(i).ordinal(), firstOrdinal + i));
      }
    }
  }

  /** The highest ordinal up to and with this segment. */
  long lastOrdinal() {
    return firstOrdinal + arrivals.size() - 1;
  }
}
