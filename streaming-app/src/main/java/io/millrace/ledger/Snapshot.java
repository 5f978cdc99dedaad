package io.millrace.ledger;

import static io.millrace.ledger.LedgerFile.readCount;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * What makes the files of a snapshot valid: all that the segments up to one say, except for the
 * arrivals themselves.
 *
 * @param number the segment's number; the snapshot is named by it. Its parts may know of later ones
 * @param lastOrdinal the highest ordinal up to that segment
 * @param committed what the table was known to have committed; those ordinals do not wait
 * @param bits the working set has 2 to this power files
 * @param keys how many keys the working set had
 * @param waitingFiles how many files the waiting arrivals have
 * @param newestEventMillis the latest event time of all committed arrivals
 * @param marks when which ordinals had their outcomes, of those that have not left
 * @param history what has left, the oldest first
 */
record Snapshot(
    long number,
    long lastOrdinal,
    CommittedOffset committed,
    int bits,
    long keys,
    int waitingFiles,
    long newestEventMillis,
    List<Retention.Mark> marks,
    List<HistoryRun> history) {

  Snapshot {
    marks = List.copyOf(marks);
    history = List.copyOf(history);
    if (number < 1 || bits < 0 || bits > ObjectIndex.SHARD_BITS || waitingFiles < 0) {
      throw new IllegalArgumentException(
          "no snapshot: number %d, %d bits, %d files of waiting arrivals"
              .formatted(number, bits, waitingFiles));
    }
    if (committed.ordinal() > lastOrdinal) {
      throw new IllegalArgumentException(
          "ordinal %d is committed, and %d the last".formatted(committed.ordinal(), lastOrdinal));
    }
  }

  static byte[] encode(UUID nonce, Snapshot snapshot) {
    return LedgerFile.encode(LedgerFile.Kind.SNAPSHOT, nonce, snapshot::write);
  }

  static Snapshot decode(String name, byte[] file) {
    return LedgerFile.decode(LedgerFile.Kind.SNAPSHOT, name, file, (in, nonce) -> read(in));
  }

  private void write(DataOutputStream out) throws IOException {
    out.writeLong(number);
    out.writeLong(lastOrdinal);
    out.writeLong(committed.ordinal());
    out.writeInt(committed.attempt());
    out.writeByte(bits);
    out.writeLong(keys);
    out.writeInt(waitingFiles);
    out.writeLong(newestEventMillis);
    out.writeInt(marks.size());
    for (Retention.Mark mark : marks) {
      out.writeLong(mark.ordinal());
      out.writeLong(mark.openedMillis());
      out.writeLong(mark.committedMillis());
      out.writeLong(mark.newestEventMillis());
    }
    out.writeInt(history.size());
    for (HistoryRun run : history) {
      out.writeLong(run.snapshot());
      out.writeInt(run.sequence());
      out.writeByte(run.bits());
      out.writeLong(run.rows());
      out.writeLong(run.newestEventMillis());
    }
  }

  private static Snapshot read(DataInputStream in) throws IOException {
    long number = in.readLong();
    long lastOrdinal = in.readLong();
    CommittedOffset committed = new CommittedOffset(in.readLong(), in.readInt());
    int bits = in.readByte();
    long keys = in.readLong();
    int waitingFiles = in.readInt();
    long newestEventMillis = in.readLong();
    List<Retention.Mark> marks = new ArrayList<>();
    for (int left = readCount(in); left > 0; left--) {
      marks.add(new Retention.Mark(in.readLong(), in.readLong(), in.readLong(), in.readLong()));
    }
    List<HistoryRun> history = new ArrayList<>();
    for (int left = readCount(in); left > 0; left--) {
      history.add(
          new HistoryRun(in.readLong(), in.readInt(), in.readByte(), in.readLong(), in.readLong()));
    }
    return new Snapshot(
        number,
        lastOrdinal,
        committed,
        bits,
        keys,
        waitingFiles,
        newestEventMillis,
        marks,
        history);
  }
}
