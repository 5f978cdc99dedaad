package io.millrace.ledger;

import io.millrace.ledger.Known.Verdict;
import io.millrace.ledger.Segment.Sighting;
import io.millrace.notification.Notification;
import io.millrace.notification.Sequencers;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The working set: what is known of each key and of each version that has not left for the history.
 *
 * <p>Applying what is applied already changes nothing, and the order in which arrivals are applied
 * does not matter: so a copy of each shard at a time of its own, with the segments of that time
 * applied after it, gives what all segments give. Shards keep growth small: never is the whole
 * copied. Not safe for several threads; callers hold this object's monitor.
 */
final class ObjectIndex {
  /** 4,096 shards. */
  static final int SHARD_BITS = 12;

  private final OnOverwrite onOverwrite;
  private final @Nullable IndexShard[] shards = new @Nullable IndexShard[1 << SHARD_BITS];

  /** Keys that were changed, though not by an arrival, since {@link #watch}; else null. */
  private @Nullable Set<Fingerprint> touched;

  ObjectIndex(OnOverwrite onOverwrite) {
    this.onOverwrite = onOverwrite;
  }

  OnOverwrite onOverwrite() {
    return onOverwrite;
  }

  Verdict judge(Notification object) {
    return known(Fingerprint.ofKey(object)).judge(object, onOverwrite);
  }

  /** What the working set knows of a key. */
  Known known(Fingerprint key) {
    Known known = new Known(key);
    IndexShard shard = shards[shardOf(key)];
    if (shard != null) {
      known.add(shard.get(key), shard::ordinalOf);
    }
    return known;
  }

  void apply(Arrival arrival) {
    Entry arrived = Entry.of(arrival);
    IndexShard shard = shard(arrived.key());
    if (!arrival.bornSuperseded()) {
      shard.join(arrived);
      return;
    }
    Entry known = shard.get(arrived.key());
    if (known != null && known.isSameAs(arrived)) {
      return;
    }
    if (arrived.sequencer() == null) {
      shard.rememberUnranked(arrived); // it may be the newest: its event will tell
    } else {
      shard.remember(arrived);
    }
  }

  /**
   * Makes a version known by one more sequencer.
   *
   * @param head the last ordinal before the sighting: it is remembered for as long as what comes
   *     next, however old its version is
   */
  void apply(Sighting sighting, long head) {
    Fingerprint key = Fingerprint.ofKey(sighting.bucket(), sighting.key());
    IndexShard shard = shard(key);
    if (sighting.ordinal() > 0) {
      Entry seen = Entry.of(key, sighting);
      shard.join(seen);
      shard.add(seen.version(), Math.max(sighting.ordinal(), head));
      touch(key);
      return;
    }
    Entry newest = shard.get(key);
    if (newest != null && Sequencers.compare(sighting.sequencer(), newest.sequencer()) > 0) {
      shard.join(newest.withSequencer(sighting.sequencer()));
      touch(key);
    }
  }

  /** Brings a key back that had left. */
  void restore(Entry entry) {
    shard(entry.key()).join(entry);
    touch(entry.key());
  }

  /** The arrival's rows are in the table. */
  void converted(Arrival arrival) {
    Fingerprint key = Fingerprint.ofKey(arrival.object());
    IndexShard shard = shard(key);
    Entry newest = shard.get(key);
    if (newest != null && newest.rows() < arrival.ordinal()) {
      shard.put(newest.withRows(arrival.ordinal()));
    }
  }

  /**
   * The arrival's object was gone, or another, when it was to be read, or was not to be read.
   *
   * @return whether its version is the newest, and was told of again since, with a later sequencer:
   *     it may be there by now
   */
  boolean unread(Arrival arrival) {
    Fingerprint key = Fingerprint.ofKey(arrival.object());
    IndexShard shard = shard(key);
    Entry arrived = Entry.of(arrival).asUnread();
    if (arrived.isUnreadListing()) {
      shard.unrank(arrived);
    }
    Entry newest = shard.get(key);
    if (newest == null || newest.ordinal() != arrival.ordinal() || newest.versioned()) {
      return false;
    }
    shard.put(newest.asUnread());
    return Sequencers.compare(newest.sequencer(), arrival.object().sequencer()) > 0;
  }

  boolean isNewest(Arrival arrival) {
    Entry newest = get(Fingerprint.ofKey(arrival.object()));
    return newest != null && newest.ordinal() == arrival.ordinal();
  }

  /** How many keys are known. */
  long keys() {
    long keys = 0;
    for (IndexShard shard : shards) {
      keys += shard == null ? 0 : shard.keys();
    }
    return keys;
  }

  /** How many older versions are known; those that events told of by an ETag count twice. */
  long versions() {
    long versions = 0;
    for (IndexShard shard : shards) {
      versions += shard == null ? 0 : shard.versions();
    }
    return versions;
  }

  /** How many rows of keys, or else of versions, have an ordinal up to that one. */
  long countThrough(long ordinal) {
    long count = 0;
    for (IndexShard shard : shards) {
      count += shard == null ? 0 : shard.countThrough(ordinal);
    }
    return count;
  }

  /**
   * Copies the keys whose fingerprints begin with the number {@code part} of {@code bits} bits.
   *
   * @param through the copy has only what has a later ordinal than this, or else only the rest
   */
  IndexPart copy(int bits, int part, long through, boolean later) {
    int shardsOfPart = 1 << (SHARD_BITS - bits);
    List<IndexPart> copies = new ArrayList<>();
    for (int i = part * shardsOfPart; i < (part + 1) * shardsOfPart; i++) {
      IndexShard shard = shards[i];
      if (shard != null) {
        copies.add(shard.copy(through, later));
      }
    }
    return IndexPart.concatenated(copies);
  }

  /** Takes what a snapshot has of a range of keys none of which is known yet. */
  void load(IndexPart part) {
    int key = 0;
    int version = 0;
    while (key < part.keyCount() || version < part.versionCount()) {
      long keyHigh = key < part.keyCount() ? part.keys()[key * PackedEntry.WIDTH] : -1;
      long versionHigh =
          version < part.versionCount() ? part.versions()[version * IndexShard.VERSION_WIDTH] : -1;
      long first = Long.compareUnsigned(keyHigh, versionHigh) < 0 ? keyHigh : versionHigh;
      int shard = (int) (first >>> (64 - SHARD_BITS));
      boolean last = shard == shards.length - 1;
      long next = (shard + 1L) << (64 - SHARD_BITS);
      int keyEnd =
          last ? part.keyCount() : IndexPart.firstAtLeast(part.keys(), PackedEntry.WIDTH, next);
      int versionEnd =
          last
              ? part.versionCount()
              : IndexPart.firstAtLeast(part.versions(), IndexShard.VERSION_WIDTH, next);
      shard(shard).load(part, key, keyEnd, version, versionEnd);
      key = keyEnd;
      version = versionEnd;
    }
    part.sequencers().forEach((k, sequencer) -> shard(k).loadApart(k, sequencer));
    part.rows().forEach((k, rows) -> shard(k).loadApart(k, rows));
  }

  /** Begins to note which keys change other than by arrivals. */
  void watch() {
    touched = new HashSet<>();
  }

  /** Ends {@link #watch}; forgets nothing. */
  void unwatch() {
    touched = null;
  }

  /** Forgets what has an ordinal up to that one, but for keys that changed since {@link #watch}. */
  void forget(int shard, long through) {
    IndexShard known = shards[shard];
    if (known != null) {
      known.forget(through, touched == null ? Set.of() : touched);
    }
  }

  @Nullable Entry get(Fingerprint key) {
    IndexShard shard = shards[shardOf(key)];
    return shard == null ? null : shard.get(key);
  }

  private void touch(Fingerprint key) {
    if (touched != null) {
      touched.add(key);
    }
  }

  private IndexShard shard(Fingerprint key) {
    return shard(shardOf(key));
  }

  private IndexShard shard(int number) {
    IndexShard shard = shards[number];
    if (shard == null) {
      shard = new IndexShard();
      shards[number] = shard;
    }
    return shard;
  }

  private static int shardOf(Fingerprint key) {
    return (int) (key.high() >>> (64 - SHARD_BITS));
  }
}
