package io.millrace.ledger;

import static io.millrace.ledger.LedgerFile.readCount;
import static io.millrace.ledger.LedgerFile.readText;
import static io.millrace.ledger.LedgerFile.readTextOrNull;
import static io.millrace.ledger.LedgerFile.writeText;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Prepared batches as bytes. */
final class PreparedCodec {
  private PreparedCodec() {}

  /**
   * A prepared record as it stands.
   *
   * @param before the committed offset that it follows; so a record says which attempt of the batch
   *     before it was committed
   */
  record Prepared(CommittedOffset before, PreparedBatch batch) {}

  static byte[] encode(UUID nonce, Prepared prepared) {
    return LedgerFile.encode(LedgerFile.Kind.PREPARED, nonce, out -> write(out, prepared));
  }

  static Prepared decode(String name, byte[] file) {
    return LedgerFile.decode(LedgerFile.Kind.PREPARED, name, file, (in, nonce) -> read(in));
  }

  private static void write(DataOutputStream out, Prepared prepared) throws IOException {
    PreparedBatch batch = prepared.batch();
    out.writeLong(prepared.before().ordinal());
    out.writeInt(prepared.before().attempt());
    out.writeLong(batch.firstOrdinal());
    out.writeLong(batch.lastOrdinal());
    out.writeInt(batch.attempt());
    out.writeInt(batch.outcomes().size());
    for (Outcome outcome : batch.outcomes()) {
      out.writeByte(kindCode(outcome.kind()));
      writeText(out, outcome.reason());
      out.writeLong(outcome.recordsRead());
      out.writeLong(outcome.recordsConverted());
      out.writeLong(outcome.recordsQuarantined());
      out.writeLong(outcome.bytesRead());
    }
    writeFiles(out, batch.files());
    writeFiles(out, batch.quarantineFiles());
    out.writeInt(batch.replacedOrdinals().size());
    for (long replaced : batch.replacedOrdinals()) {
      out.writeLong(replaced);
    }
  }

  private static Prepared read(DataInputStream in) throws IOException {
    CommittedOffset before = new CommittedOffset(in.readLong(), in.readInt());
    long first = in.readLong();
    long last = in.readLong();
    int attempt = in.readInt();
    int count = readCount(in);
    List<Outcome> outcomes = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      outcomes.add(
          new Outcome(
              first + i,
              kind(in.readByte()),
              readTextOrNull(in),
              in.readLong(),
              in.readLong(),
              in.readLong(),
              in.readLong()));
    }
    List<OutputFile> files = readFiles(in);
    List<OutputFile> quarantineFiles = readFiles(in);
    int replacedCount = readCount(in);
    List<Long> replaced = new ArrayList<>(replacedCount);
    for (int i = 0; i < replacedCount; i++) {
      replaced.add(in.readLong());
    }
    return new Prepared(
        before,
        new PreparedBatch(first, last, attempt, outcomes, files, quarantineFiles, replaced));
  }

  private static void writeFiles(DataOutputStream out, List<OutputFile> files) throws IOException {
    out.writeInt(files.size());
    for (OutputFile file : files) {
      writeText(out, file.path());
      out.writeLong(file.sizeBytes());
      out.writeLong(file.records());
      out.writeInt(file.partitionValues().size());
      for (Map.Entry<String, @Nullable String> value : file.partitionValues().entrySet()) {
        writeText(out, value.getKey());
        writeText(out, value.getValue());
      }
      writeText(out, file.stats());
      out.writeLong(file.modificationTimeMillis());
    }
  }

  private static List<OutputFile> readFiles(DataInputStream in) throws IOException {
    int count = readCount(in);
    List<OutputFile> files = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      String path = readText(in);
      long sizeBytes = in.readLong();
      long records = in.readLong();
      int valueCount = readCount(in);
      Map<String, @Nullable String> values = new LinkedHashMap<>();
      for (int value = 0; value < valueCount; value++) {
        values.put(readText(in), readTextOrNull(in));
      }
      files.add(
          new OutputFile(path, sizeBytes, records, values, readTextOrNull(in), in.readLong()));
    }
    return files;
  }

  private static int kindCode(Outcome.Kind kind) {
    return switch (kind) {
      case CONVERTED -> 1;
      case QUARANTINED -> 2;
      case SUPERSEDED -> 3;
      case CHANGED -> 4;
      case GONE -> 5;
    };
  }

  private static Outcome.Kind kind(int code) throws IOException {
    return switch (code) {
      case 1 -> Outcome.Kind.CONVERTED;
      case 2 -> Outcome.Kind.QUARANTINED;
      case 3 -> Outcome.Kind.SUPERSEDED;
      case 4 -> Outcome.Kind.CHANGED;
      case 5 -> Outcome.Kind.GONE;
      default -> throw new IOException("an outcome of code " + code + " is not known");
    };
  }
}
