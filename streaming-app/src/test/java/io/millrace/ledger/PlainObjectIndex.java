package io.millrace.ledger;

import io.millrace.ledger.Known.Verdict;
import io.millrace.notification.Notification;
import io.millrace.notification.Notification.Origin;
import io.millrace.notification.Sequencers;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Judges as {@link ObjectIndex} must, with maps of whole values and nothing clever: the oracle of
 * its tests.
 */
final class PlainObjectIndex {
  private final OnOverwrite onOverwrite;
  private final Map<Fingerprint, Newest> keys = new HashMap<>();
  private final Set<Fingerprint> versions = new HashSet<>();
  private final Set<Fingerprint> announced = new HashSet<>();
  private final Set<Fingerprint> unranked = new HashSet<>();
  private final Map<Fingerprint, Long> listed = new HashMap<>();
  private final Map<Fingerprint, Long> rows = new HashMap<>();

  /** A key's newest version. */
  private record Newest(
      long ordinal,
      @Nullable String versionId,
      @Nullable String etag,
      @Nullable String sequencer,
      boolean unread) {

    boolean isVersionOf(Notification object) {
      return object.versionId() == null
          ? versionId == null && etag != null && etag.equals(object.etag())
          : object.versionId().equals(versionId);
    }
  }

  PlainObjectIndex(OnOverwrite onOverwrite) {
    this.onOverwrite = onOverwrite;
  }

  Verdict judge(Notification object) {
    Newest newest = keys.get(key(object));
    if (object.origin() == Origin.REPLAY) {
      boolean current =
          newest == null
              || newest.isVersionOf(object)
              || (onOverwrite != OnOverwrite.IGNORE
                  && Sequencers.compare(object.sequencer(), newest.sequencer()) > 0);
      return current ? Verdict.NEW : Verdict.SUPERSEDED;
    }
    if (newest != null
        && newest.unread()
        && newest.isVersionOf(object)
        && object.versionId() == null
        && (object.sequencer() == null
            || Sequencers.compare(object.sequencer(), newest.sequencer()) > 0)) {
      return Verdict.NEW;
    }
    boolean isListed = versions.contains(version(object, null));
    boolean isAnnounced = announced.contains(content(object));
    if (versions.contains(version(object, object.sequencer()))
        || (object.sequencer() == null && isAnnounced)) {
      return Verdict.DUPLICATE;
    }
    if (newest == null) {
      return Verdict.NEW;
    }
    int order = Sequencers.compare(object.sequencer(), newest.sequencer());
    if (newest.isVersionOf(object)) {
      return order > 0 ? Verdict.SIGHTING : Verdict.DUPLICATE;
    }
    if (isListed && onOverwrite == OnOverwrite.APPEND && !isAnnounced) {
      return Verdict.SIGHTING; // the event of what a listing told of
    }
    if (isListed && onOverwrite != OnOverwrite.APPEND && order <= 0) {
      return Verdict.DUPLICATE;
    }
    if (onOverwrite == OnOverwrite.APPEND) {
      return Verdict.NEW;
    }
    if (object.sequencer() == null && unranked.contains(version(object, null))) {
      return Verdict.DUPLICATE;
    }
    boolean later = order > 0 || (object.sequencer() == null && newest.sequencer() == null);
    return later && onOverwrite == OnOverwrite.REPLACE ? Verdict.NEW : Verdict.SUPERSEDED;
  }

  void apply(Arrival arrival) {
    Notification object = arrival.object();
    if (arrival.bornSuperseded() && object.sequencer() == null) {
      unranked.add(version(object, null));
      return;
    }
    know(object);
    if (object.sequencer() == null) {
      listed.merge(version(object, null), arrival.ordinal(), Math::max);
    }
    if (!arrival.bornSuperseded()) {
      join(object, arrival.ordinal());
    }
  }

  /**
   * A sighting.
   *
   * @param object what it was of
   */
  void sight(Notification object) {
    know(object);
    Newest newest = keys.get(key(object));
    if (newest != null && newest.isVersionOf(object)) {
      keys.put(
          key(object),
          new Newest(
              newest.ordinal(),
              newest.versionId(),
              newest.etag(),
              object.sequencer(),
              newest.unread()));
    } else {
      join(object, listed.get(version(object, null)));
    }
  }

  private void know(Notification object) {
    versions.add(version(object, object.sequencer()));
    if (object.sequencer() != null) {
      announced.add(content(object));
    }
  }

  private void join(Notification object, long ordinal) {
    keys.merge(
        key(object),
        new Newest(ordinal, object.versionId(), object.etag(), object.sequencer(), false),
        PlainObjectIndex::newer);
  }

  /** The arrival's rows are in the table. */
  void converted(Arrival arrival) {
    rows.merge(key(arrival.object()), arrival.ordinal(), Math::max);
  }

  /** The arrival's object was not there; whether it is the newest and was told of again since. */
  boolean unread(Arrival arrival) {
    Notification object = arrival.object();
    if (object.versionId() == null
        && object.sequencer() == null
        && listed.remove(version(object, null), arrival.ordinal())) {
      versions.remove(version(object, null));
      unranked.add(version(object, null));
    }
    if (!isNewest(arrival)) {
      return false;
    }
    Newest newest = keys.get(key(arrival.object()));
    keys.put(
        key(arrival.object()),
        new Newest(newest.ordinal(), newest.versionId(), newest.etag(), newest.sequencer(), true));
    return newest.versionId() == null
        && Sequencers.compare(newest.sequencer(), arrival.object().sequencer()) > 0;
  }

  boolean isNewest(Arrival arrival) {
    Newest newest = keys.get(key(arrival.object()));
    return newest != null && newest.ordinal() == arrival.ordinal();
  }

  List<Long> replacedBy(Arrival arrival) {
    Long old = rows.get(key(arrival.object()));
    boolean replaced = onOverwrite == OnOverwrite.REPLACE && old != null && old < arrival.ordinal();
    return replaced ? List.of(old) : List.of();
  }

  private static Newest newer(Newest known, Newest arrived) {
    int order = Sequencers.compare(arrived.sequencer(), known.sequencer());
    boolean wins = order > 0 || (order == 0 && arrived.ordinal() > known.ordinal());
    return wins ? arrived : known;
  }

  private static Fingerprint key(Notification object) {
    return Fingerprint.of("key", object.bucket(), object.key());
  }

  /** By decision: the versionId where there is one, or else ETag and sequencer. */
  private static Fingerprint version(Notification object, @Nullable String sequencer) {
    return object.versionId() != null
        ? Fingerprint.of(
            "version",
            object.bucket(),
            object.key(),
            object.versionId(),
            sequencer == null ? "listed" : "told of")
        : Fingerprint.of("etag", object.bucket(), object.key(), object.etag(), sequencer);
  }

  private static Fingerprint content(Notification object) {
    return object.versionId() != null
        ? version(object, null)
        : Fingerprint.of(
            "announced", object.bucket(), object.key(), Objects.toString(object.etag()));
  }
}
