package io.millrace.ledger;

import static io.millrace.ledger.LedgerFile.readCount;
import static io.millrace.ledger.LedgerFile.readText;
import static io.millrace.ledger.LedgerFile.writeText;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the keys of one range of fingerprints, as it stands in a file: rows ascending by
 * fingerprint. The arrays are not copied and must not be changed.
 */
final class IndexPart {
  private final long[] keys;
  private final long[] versions;
  private final TreeMap<Fingerprint, String> sequencers = new TreeMap<>();
  private final TreeMap<Fingerprint, Long> rows = new TreeMap<>();

  /**
   * Sorted rows, with what has no room in them.
   *
   * @param sequencers of these keys and maybe of others
   * @param rows of these keys and maybe of others
   */
  IndexPart(
      long[] keys,
      long[] versions,
      Map<Fingerprint, String> sequencers,
      Map<Fingerprint, Long> rows) {
    this.keys = keys;
    this.versions = versions;
    sequencers.forEach(
        (key, sequencer) -> {
          if (find(keys, PackedEntry.WIDTH, key) >= 0) {
            this.sequencers.put(key, sequencer);
          }
        });
    rows.forEach(
        (key, ordinal) -> {
          if (find(keys, PackedEntry.WIDTH, key) >= 0) {
            this.rows.put(key, ordinal);
          }
        });
  }

  /** The parts of adjoining ranges as one. */
  static IndexPart concatenated(List<IndexPart> parts) {
    Map<Fingerprint, String> sequencers = new TreeMap<>();
    Map<Fingerprint, Long> rows = new TreeMap<>();
    parts.forEach(part -> sequencers.putAll(part.sequencers));
    parts.forEach(part -> rows.putAll(part.rows));
    return new IndexPart(
        joined(parts.stream().map(IndexPart::keys).toList()),
        joined(parts.stream().map(IndexPart::versions).toList()),
        sequencers,
        rows);
  }

  long[] keys() {
    return keys;
  }

  long[] versions() {
    return versions;
  }

  int keyCount() {
    return keys.length / PackedEntry.WIDTH;
  }

  int versionCount() {
    return versions.length / IndexShard.VERSION_WIDTH;
  }

  Map<Fingerprint, String> sequencers() {
    return sequencers;
  }

  Map<Fingerprint, Long> rows() {
    return rows;
  }

  @Nullable Entry get(Fingerprint key) {
    int row = find(keys, PackedEntry.WIDTH, key);
    return row < 0 ? null : entry(row);
  }

  Entry entry(int row) {
    int offset = row * PackedEntry.WIDTH;
    Fingerprint key = new Fingerprint(keys[offset], keys[offset + 1]);
    return PackedEntry.unpack(keys, offset, sequencers.get(key), rows.getOrDefault(key, 0L));
  }

  /**
   * The older versions that may be the key's, with their ordinals: all whose fingerprints begin as
   * the key's does.
   */
  Map<Fingerprint, Long> versionsBeside(Fingerprint key) {
    Map<Fingerprint, Long> beside = new HashMap<>();
    long prefix = key.high() >>> 32;
    int row = firstAtLeast(versions, IndexShard.VERSION_WIDTH, prefix << 32);
    for (; row < versionCount(); row++) {
      int offset = row * IndexShard.VERSION_WIDTH;
      if (versions[offset] >>> 32 != prefix) {
        break;
      }
      beside.put(new Fingerprint(versions[offset], versions[offset + 1]), versions[offset + 2]);
    }
    return beside;
  }

  /** Tells each older version, and its ordinal. */
  void forEachVersion(BiConsumer<Fingerprint, Long> each) {
    for (int offset = 0; offset < versions.length; offset += IndexShard.VERSION_WIDTH) {
      each.accept(new Fingerprint(versions[offset], versions[offset + 1]), versions[offset + 2]);
    }
  }

  /** The first row whose fingerprint begins with at least these bits, as unsigned numbers. */
  static int firstAtLeast(long[] rows, int width, long high) {
    int low = 0;
    int end = rows.length / width;
    while (low < end) {
      int middle = (low + end) >>> 1;
      if (Long.compareUnsigned(rows[middle * width], high) < 0) {
        low = middle + 1;
      } else {
        end = middle;
      }
    }
    return low;
  }

  static byte[] encode(LedgerFile.Kind kind, UUID nonce, IndexPart part) {
    return LedgerFile.encode(kind, part.version(), nonce, out -> part.write(out));
  }

  static IndexPart decode(LedgerFile.Kind kind, String name, byte[] file) {
    return LedgerFile.decodeVersions(kind, name, file, (in, version) -> read(in));
  }

  /** The lowest that can say it: only version 2 knows of objects that were not there. */
  private int version() {
    for (int offset = 0; offset < keys.length; offset += PackedEntry.WIDTH) {
      if (PackedEntry.isUnread(keys, offset)) {
        return 2;
      }
    }
    return 1;
  }

  private void write(DataOutputStream out) throws IOException {
    writeRows(out, keys, PackedEntry.WIDTH);
    writeRows(out, versions, IndexShard.VERSION_WIDTH);
    out.writeInt(sequencers.size());
    for (Map.Entry<Fingerprint, String> sequencer : sequencers.entrySet()) {
      out.writeLong(sequencer.getKey().high());
      out.writeLong(sequencer.getKey().low());
      writeText(out, sequencer.getValue());
    }
    out.writeInt(rows.size());
    for (Map.Entry<Fingerprint, Long> row : rows.entrySet()) {
      out.writeLong(row.getKey().high());
      out.writeLong(row.getKey().low());
      out.writeLong(row.getValue());
    }
  }

  private static IndexPart read(DataInputStream in) throws IOException {
    long[] keys = readRows(in, PackedEntry.WIDTH);
    long[] versions = readRows(in, IndexShard.VERSION_WIDTH);
    Map<Fingerprint, String> sequencers = new TreeMap<>();
    for (int left = readCount(in); left > 0; left--) {
      sequencers.put(new Fingerprint(in.readLong(), in.readLong()), readText(in));
    }
    Map<Fingerprint, Long> rows = new TreeMap<>();
    for (int left = readCount(in); left > 0; left--) {
      rows.put(new Fingerprint(in.readLong(), in.readLong()), in.readLong());
    }
    return new IndexPart(keys, versions, sequencers, rows);
  }

  private static void writeRows(DataOutputStream out, long[] rows, int width) throws IOException {
    out.writeInt(rows.length / width);
    LedgerFile.writeLongs(out, rows);
  }

  private static long[] readRows(DataInputStream in, int width) throws IOException {
    long[] rows = LedgerFile.readLongs(in, (long) readCount(in) * width);
    for (int offset = width; offset < rows.length; offset += width) {
      int before = offset - width;
      if (Fingerprint.compare(rows[before], rows[before + 1], rows[offset], rows[offset + 1])
          >= 0) {
        throw new IOException("its rows do not ascend");
      }
    }
    return rows;
  }

  private static int find(long[] rows, int width, Fingerprint wanted) {
    int low = 0;
    int high = rows.length / width - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      int offset = middle * width;
      int order = Fingerprint.compare(rows[offset], rows[offset + 1], wanted.high(), wanted.low());
      if (order == 0) {
        return middle;
      }
      if (order < 0) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return -1;
  }

  private static long[] joined(List<long[]> arrays) {
    List<long[]> all = new ArrayList<>(arrays);
    long[] joined = new long[all.stream().mapToInt(array -> array.length).sum()];
    int at = 0;
    for (long[] array : all) {
      System.arraycopy(array, 0, joined, at, array.length);
      at += array.length;
    }
    return joined;
  }
}
