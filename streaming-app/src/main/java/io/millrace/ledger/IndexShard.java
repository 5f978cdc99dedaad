package io.millrace.ledger;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the keys of one range of fingerprints: an entry for each key, which stands for
 * its newest version too, and a row for each older version.
 */
final class IndexShard {
  /** Longs of an older version's row: its fingerprint (2) and its ordinal. */
  static final int VERSION_WIDTH = 3;

  private final LongTable keys = new LongTable(PackedEntry.WIDTH);
  private final LongTable versions = new LongTable(VERSION_WIDTH);

  /** Sequencers that have no room in a row. */
  private final Map<Fingerprint, String> sequencers = new HashMap<>();

  /** Ordinals of rows that are not those of the newest version. */
  private final Map<Fingerprint, Long> rows = new HashMap<>();

  int keys() {
    return keys.size();
  }

  int versions() {
    return versions.size();
  }

  @Nullable Entry get(Fingerprint key) {
    int offset = keys.find(key.high(), key.low());
    if (offset < 0) {
      return null;
    }
    long[] row = new long[PackedEntry.WIDTH];
    for (int i = 0; i < row.length; i++) {
      row[i] = keys.word(offset, i);
    }
    return PackedEntry.unpack(row, 0, sequencers.get(key), rows.getOrDefault(key, 0L));
  }

  void put(Entry entry) {
    keys.put(PackedEntry.pack(entry), 0);
    String sequencer = entry.sequencer();
    if (sequencer != null && !PackedEntry.isCommon(sequencer)) {
      sequencers.put(entry.key(), sequencer);
    } else {
      sequencers.remove(entry.key());
    }
    if (entry.rows() > 0 && entry.rows() != entry.ordinal()) {
      rows.put(entry.key(), entry.rows());
    } else {
      rows.remove(entry.key());
    }
  }

  /** The ordinal of an older version, or 0. */
  long ordinalOf(Fingerprint version) {
    int offset = versions.find(version.high(), version.low());
    return offset < 0 ? 0 : versions.word(offset, 2);
  }

  void add(Fingerprint version, long ordinal) {
    int known = versions.find(version.high(), version.low());
    if (known < 0 || versions.word(known, 2) < ordinal) {
      versions.put(new long[] {version.high(), version.low(), ordinal}, 0);
    }
  }

  /** Makes the entry known besides what is: the newer of two versions of a key is its newest. */
  void join(Entry arrived) {
    Entry known = get(arrived.key());
    if (known == null) {
      put(arrived);
      return;
    }
    boolean wins = arrived.isNewerThan(known);
    Entry newest = wins ? arrived : known;
    Entry older = wins ? known : arrived;
    boolean listed = older.sequencer() == null && newest.sequencer() != null;
    if (listed || !newest.isSameAs(older)) {
      remember(older);
    }
    Entry joined = newest.withRows(older.rows());
    boolean unread = older.unread() && older.ordinal() == newest.ordinal();
    put(unread ? joined.asUnread() : joined);
  }

  /** Makes the entry's version known as one of the older ones. */
  void remember(Entry entry) {
    if (entry.isUnreadListing()) {
      rememberUnranked(entry);
      return;
    }
    add(entry.version(), entry.ordinal());
    if (entry.sequencer() != null) {
      add(Fingerprint.ofAnnounced(entry.key(), entry.identity()), entry.ordinal());
    }
  }

  /**
   * A listing that was not read no longer stands for events; whether it is one of the older
   * versions by now or not, and whether or not another listing tells of the same.
   */
  void unrank(Entry listing) {
    Fingerprint version = Fingerprint.ofVersion(listing.key(), listing.identity(), null);
    if (ordinalOf(version) == listing.ordinal()) {
      versions.removeIf(
          (words, offset) -> words[offset] == version.high() && words[offset + 1] == version.low());
    }
    rememberUnranked(listing);
  }

  /** Makes a version known to listings, though not to events. */
  void rememberUnranked(Entry entry) {
    add(Fingerprint.ofUnranked(entry.key(), entry.identity()), entry.ordinal());
  }

  /** Adds rows that a snapshot has, of keys that are not known here yet. */
  void load(IndexPart part, int fromKey, int toKey, int fromVersion, int toVersion) {
    keys.reserve(keys.size() + toKey - fromKey);
    for (int i = fromKey; i < toKey; i++) {
      keys.put(part.keys(), i * PackedEntry.WIDTH);
    }
    if (toVersion > fromVersion) {
      versions.reserve(versions.size() + toVersion - fromVersion);
    }
    for (int i = fromVersion; i < toVersion; i++) {
      versions.put(part.versions(), i * VERSION_WIDTH);
    }
  }

  void loadApart(Fingerprint key, String sequencer) {
    sequencers.put(key, sequencer);
  }

  void loadApart(Fingerprint key, long ordinal) {
    rows.put(key, ordinal);
  }

  /** A copy of what has an ordinal above {@code through}, or else of all the rest. */
  IndexPart copy(long through, boolean above) {
    return new IndexPart(
        keys.sorted((words, offset) -> PackedEntry.ordinal(words, offset) > through == above),
        versions.sorted((words, offset) -> words[offset + 2] > through == above),
        sequencers,
        rows);
  }

  long countThrough(long ordinal) {
    long[] count = new long[2];
    keys.forEach(
        (words, offset) -> count[0] += PackedEntry.ordinal(words, offset) <= ordinal ? 1 : 0);
    versions.forEach((words, offset) -> count[1] += words[offset + 2] <= ordinal ? 1 : 0);
    return Math.max(count[0], count[1]);
  }

  /**
   * Forgets what has an ordinal up to {@code through}, but for the keys that stay and their older
   * versions, some of which may be in no file yet.
   */
  void forget(long through, Set<Fingerprint> staying) {
    keys.removeIf(
        (words, offset) -> {
          if (PackedEntry.ordinal(words, offset) > through) {
            return false;
          }
          Fingerprint key = new Fingerprint(words[offset], words[offset + 1]);
          if (staying.contains(key)) {
            return false;
          }
          sequencers.remove(key);
          rows.remove(key);
          return true;
        });
    Set<Long> beside = new HashSet<>();
    staying.forEach(key -> beside.add(key.high() >>> 32));
    versions.removeIf(
        (words, offset) -> words[offset + 2] <= through && !beside.contains(words[offset] >>> 32));
  }
}
