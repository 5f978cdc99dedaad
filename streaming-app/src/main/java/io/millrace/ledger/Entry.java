package io.millrace.ledger;

import io.millrace.notification.Notification;
import io.millrace.notification.Sequencers;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one key: its newest version, and where its rows are.
 *
 * @param key the key's fingerprint
 * @param identity the newest version's, see {@link Fingerprint#identity}
 * @param versioned whether the identity is of a versionId, not of an ETag
 * @param sequencer the newest one that the newest version was told of with, or null
 * @param ordinal the newest version's
 * @param rows the highest ordinal of the key whose rows are in the table, or 0
 * @param unread whether the newest version was gone or changed when it was to be read: told of with
 *     a later sequencer it is not a repetition
 */
record Entry(
    Fingerprint key,
    long identity,
    boolean versioned,
    @Nullable String sequencer,
    long ordinal,
    long rows,
    boolean unread) {

  static Entry of(Arrival arrival) {
    Notification object = arrival.object();
    return new Entry(
        Fingerprint.ofKey(object),
        Fingerprint.identity(object),
        object.versionId() != null,
        object.sequencer(),
        arrival.ordinal(),
        0,
        false);
  }

  /** The version that was seen again, as far as the sighting tells. */
  static Entry of(Fingerprint key, Segment.Sighting seen) {
    return new Entry(
        key, seen.identity(), seen.versioned(), seen.sequencer(), seen.ordinal(), 0, false);
  }

  /** Whether the other is the same version, told of with the same sequencer. */
  boolean isSameAs(Entry other) {
    return identity == other.identity && (versioned || sameSequencer(other.sequencer));
  }

  boolean sameSequencer(@Nullable String other) {
    return Objects.equals(sequencer, other);
  }

  /** What an event, or else a listing, of just this is known by. */
  Fingerprint version() {
    return versioned && sequencer != null
        ? Fingerprint.ofAnnounced(key, identity)
        : Fingerprint.ofVersion(key, identity, sequencer);
  }

  /**
   * Whether only a listing told of it, and it was not there when it was to be read: an event that
   * tells of the same content is of another write.
   */
  boolean isUnreadListing() {
    return unread && !versioned && sequencer == null;
  }

  /**
   * Whether this one is the newest of the two: by sequencer, or else by ordinal. Joining entries in
   * any order, and more than once, gives the same.
   */
  boolean isNewerThan(Entry other) {
    int order = Sequencers.compare(sequencer, other.sequencer);
    return order > 0 || (order == 0 && ordinal > other.ordinal);
  }

  Entry withSequencer(String later) {
    return new Entry(key, identity, versioned, later, ordinal, rows, unread);
  }

  Entry withRows(long converted) {
    return new Entry(
        key, identity, versioned, sequencer, ordinal, Math.max(rows, converted), unread);
  }

  Entry asUnread() {
    return new Entry(key, identity, versioned, sequencer, ordinal, rows, true);
  }
}
