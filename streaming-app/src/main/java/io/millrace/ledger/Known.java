package io.millrace.ledger;

import io.millrace.notification.Notification;
import io.millrace.notification.Notification.Origin;
import io.millrace.notification.Sequencers;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** What is known of one key, wherever it is kept, and so what a notification of it is. */
final class Known {
  private final Fingerprint key;
  private final List<Entry> entries = new ArrayList<>(1);
  private final List<ToLongFunction<Fingerprint>> versions = new ArrayList<>(1);

  /** What a notification is. */
  enum Verdict {
    NEW,
    SUPERSEDED,
    DUPLICATE,
    /** A duplicate whose sequencer is to be remembered. */
    SIGHTING
  }

  Known(Fingerprint key) {
    this.key = key;
  }

  /**
   * Adds what one place knows.
   *
   * @param olderVersions their ordinals, 0 for what is none
   */
  void add(@Nullable Entry entry, ToLongFunction<Fingerprint> olderVersions) {
    if (entry != null) {
      entries.add(entry);
    }
    versions.add(olderVersions);
  }

  /** The newest version; empty where the key is not known. */
  @Nullable Entry newest() {
    Entry newest = null;
    long rows = 0;
    for (Entry entry : entries) {
      newest = newest == null || entry.isNewerThan(newest) ? entry : newest;
      rows = Math.max(rows, entry.rows());
    }
    return newest == null ? null : newest.withRows(rows);
  }

  Verdict judge(Notification object, OnOverwrite onOverwrite) {
    Entry newest = newest();
    long identity = Fingerprint.identity(object);
    if (object.origin() == Origin.REPLAY) {
      return replayed(object, newest, onOverwrite);
    }
    if (newest != null && newest.unread() && isSameContentLater(object, newest)) {
      return Verdict.NEW; // it is there again, or a listing has seen it
    }
    if (isKnown(object, identity)) {
      return Verdict.DUPLICATE;
    }
    if (newest == null) {
      return Verdict.NEW;
    }
    int order = Sequencers.compare(object.sequencer(), newest.sequencer());
    if (newest.identity() == identity) {
      return order > 0 ? Verdict.SIGHTING : Verdict.DUPLICATE;
    }
    if (listed(identity) > 0) { // and now its event tells of it
      if (onOverwrite == OnOverwrite.APPEND && !isAnnounced(identity)) {
        return Verdict.SIGHTING; // the first event only: a later one is of another write
      }
      if (onOverwrite != OnOverwrite.APPEND && order <= 0) {
        return Verdict.DUPLICATE;
      }
    }
    boolean unordered = object.sequencer() == null;
    if (onOverwrite == OnOverwrite.APPEND) {
      return Verdict.NEW;
    }
    if (unordered && isUnranked(identity)) {
      return Verdict.DUPLICATE;
    }
    boolean later = order > 0 || (unordered && newest.sequencer() == null);
    return later && onOverwrite == OnOverwrite.REPLACE ? Verdict.NEW : Verdict.SUPERSEDED;
  }

  /** A replay repeats the newest version; of another one only the sequencer can say that it is. */
  private static Verdict replayed(
      Notification object, @Nullable Entry newest, OnOverwrite onOverwrite) {
    if (newest == null || newest.identity() == Fingerprint.identity(object)) {
      return Verdict.NEW;
    }
    boolean later = Sequencers.compare(object.sequencer(), newest.sequencer()) > 0;
    return later && onOverwrite != OnOverwrite.IGNORE ? Verdict.NEW : Verdict.SUPERSEDED;
  }

  /** The version that a {@link Verdict#SIGHTING} is of, as far as a sighting names it. */
  Entry versionOf(Notification object) {
    Entry newest = newest();
    long identity = Fingerprint.identity(object);
    if (newest != null && newest.identity() == identity) {
      return newest;
    }
    boolean versioned = object.versionId() != null;
    return new Entry(key, identity, versioned, object.sequencer(), listed(identity), 0, false);
  }

  /**
   * The notification of a {@link Verdict#NEW} arrival as it is recorded. One that repeats the
   * newest version, without a sequencer or with an outdated one, has the newest's: so its rows rank
   * in front of those that it repeats.
   */
  Notification ranked(Notification object) {
    Entry newest = newest();
    boolean outdated =
        newest != null
            && newest.identity() == Fingerprint.identity(object)
            && Sequencers.compare(newest.sequencer(), object.sequencer()) > 0;
    return outdated ? object.withSequencer(newest.sequencer()) : object;
  }

  private static boolean isSameContentLater(Notification object, Entry newest) {
    return object.versionId() == null
        && newest.identity() == Fingerprint.identity(object)
        && (object.sequencer() == null
            || Sequencers.compare(object.sequencer(), newest.sequencer()) > 0);
  }

  /**
   * Whether it was told of before: a listing by anything, an event by an event, which is of one
   * write, as each has a sequencer of its own, or else a versionId.
   */
  private boolean isKnown(Notification object, long identity) {
    if (object.sequencer() == null) {
      return listed(identity) > 0 || isAnnounced(identity);
    }
    if (object.versionId() != null) {
      return isAnnounced(identity);
    }
    for (Entry entry : entries) {
      if (entry.identity() == identity && entry.sameSequencer(object.sequencer())) {
        return true;
      }
    }
    return ordinalOf(Fingerprint.ofVersion(key, identity, object.sequencer())) > 0;
  }

  /** The ordinal of what a listing told of, without a sequencer; 0 where none did. */
  private long listed(long identity) {
    long ordinal = ordinalOf(Fingerprint.ofVersion(key, identity, null));
    for (Entry entry : entries) {
      if (entry.identity() == identity && entry.sequencer() == null && !entry.isUnreadListing()) {
        ordinal = Math.max(ordinal, entry.ordinal());
      }
    }
    return ordinal;
  }

  /** Whether an event told of the content. */
  private boolean isAnnounced(long identity) {
    for (Entry entry : entries) {
      if (entry.identity() == identity && entry.sequencer() != null) {
        return true;
      }
    }
    return ordinalOf(Fingerprint.ofAnnounced(key, identity)) > 0;
  }

  private boolean isUnranked(long identity) {
    return ordinalOf(Fingerprint.ofUnranked(key, identity)) > 0;
  }

  private long ordinalOf(Fingerprint version) {
    long ordinal = 0;
    for (ToLongFunction<Fingerprint> known : versions) {
      ordinal = Math.max(ordinal, known.applyAsLong(version));
    }
    return ordinal;
  }
}
