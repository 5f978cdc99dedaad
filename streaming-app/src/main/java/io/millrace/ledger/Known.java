package io.millrace.ledger;

import io.millrace.notification.Notification;
import io.millrace.notification.Notification.Origin;
import io.millrace.notification.Sequencers;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What is known of one key, wherever it is kept, and so what a notification of it is. */
final class Known {
  private final Fingerprint key;
  private final List<Entry> entries = new ArrayList<>(1);
  private final List<Predicate<Fingerprint>> versions = new ArrayList<>(1);

  /** What a notification is. */
  enum Verdict {
    NEW,
    SUPERSEDED,
    DUPLICATE,
    /** A duplicate whose later sequencer is to be remembered. */
    SIGHTING
  }

  Known(Fingerprint key) {
    this.key = key;
  }

  /** Adds what one place knows. */
  void add(@Nullable Entry entry, Predicate<Fingerprint> olderVersions) {
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
      boolean current = newest == null || newest.identity() == identity;
      return current ? Verdict.NEW : Verdict.SUPERSEDED;
    }
    boolean versioned = object.versionId() != null;
    if (newest != null && newest.unread() && !versioned && isSameContentLater(object, newest)) {
      return Verdict.NEW; // it is there again, or a listing has seen it
    }
    if (isKnown(identity, versioned, versioned ? null : object.sequencer())) {
      return Verdict.DUPLICATE;
    }
    if (newest == null) {
      return Verdict.NEW;
    }
    int order = Sequencers.compare(object.sequencer(), newest.sequencer());
    if (newest.identity() == identity) {
      return order > 0 && !versioned ? Verdict.SIGHTING : Verdict.DUPLICATE;
    }
    if (order <= 0 && isKnown(identity, versioned, null)) {
      return Verdict.DUPLICATE; // a listing or a manifest told of it before its event came
    }
    if (object.sequencer() == null && isAnnounced(identity)) {
      return Verdict.DUPLICATE; // and the reverse
    }
    boolean later = order > 0 || (object.sequencer() == null && newest.sequencer() == null);
    return switch (onOverwrite) {
      case REPLACE -> later ? Verdict.NEW : Verdict.SUPERSEDED;
      case APPEND -> Verdict.NEW;
      case IGNORE -> Verdict.SUPERSEDED;
    };
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
    return newest.identity() == Fingerprint.identity(object)
        && (object.sequencer() == null
            || Sequencers.compare(object.sequencer(), newest.sequencer()) > 0);
  }

  private boolean isKnown(long identity, boolean versioned, @Nullable String sequencer) {
    for (Entry entry : entries) {
      if (entry.identity() == identity && (versioned || entry.sameSequencer(sequencer))) {
        return true;
      }
    }
    return isOlder(() -> Fingerprint.ofVersion(key, identity, sequencer));
  }

  private boolean isAnnounced(long identity) {
    for (Entry entry : entries) {
      if (entry.identity() == identity) {
        return true;
      }
    }
    return isOlder(() -> Fingerprint.ofAnnounced(key, identity));
  }

  private boolean isOlder(java.util.function.Supplier<Fingerprint> version) {
    Fingerprint fingerprint = version.get();
    return versions.stream().anyMatch(known -> known.test(fingerprint));
  }
}
