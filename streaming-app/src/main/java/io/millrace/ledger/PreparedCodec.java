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
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Prepared batches as bytes: version 1, or, where a file of it waits to be made visible, version 2.
 *
 * <p>So an application that knows version 1 only can take a Delta table over again.
 */
final class PreparedCodec {
  private static final int NOTHING_PENDING = 0;
  private static final int UPLOAD = 1;
  private static final int STAGED = 2;

  private PreparedCodec() {}

  /**
   * A prepared record as it stands.
   *
   * @param before the committed offset that it follows; so a record says which attempt of the batch
   *     before it was committed
   */
  record Prepared(CommittedOffset before, PreparedBatch batch) {}

  static byte[] encode(UUID nonce, Prepared prepared) {
    boolean pending =
        Stream.of(prepared.batch().files(), prepared.batch().quarantineFiles())
            .flatMap(List::stream)
            .anyMatch(file -> file.pending() != null);
    int version = pending ? 2 : 1;
    return LedgerFile.encode(
        LedgerFile.Kind.PREPARED, version, nonce, out -> write(out, prepared, version));
  }

  static Prepared decode(String name, byte[] file) {
    return LedgerFile.decodeVersions(LedgerFile.Kind.PREPARED, name, file, PreparedCodec::read);
  }

  private static void write(DataOutputStream out, Prepared prepared, int version)
      throws IOException {
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
    writeFiles(out, batch.files(), version);
    writeFiles(out, batch.quarantineFiles(), version);
    out.writeInt(batch.replacedOrdinals().size());
    for (long replaced : batch.replacedOrdinals()) {
      out.writeLong(replaced);
    }
  }

  private static Prepared read(DataInputStream in, int version) throws IOException {
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
    List<OutputFile> files = readFiles(in, version);
    List<OutputFile> quarantineFiles = readFiles(in, version);
    int replacedCount = readCount(in);
    List<Long> replaced = new ArrayList<>(replacedCount);
    for (int i = 0; i < replacedCount; i++) {
      replaced.add(in.readLong());
    }
    return new Prepared(
        before,
        new PreparedBatch(first, last, attempt, outcomes, files, quarantineFiles, replaced));
  }

  private static void writeFiles(DataOutputStream out, List<OutputFile> files, int version)
      throws IOException {
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
      if (version >= 2) {
        writePending(out, file.pending());
      }
    }
  }

  private static void writePending(DataOutputStream out, @Nullable Pending pending)
      throws IOException {
    if (pending instanceof Pending.Upload upload) {
      out.writeByte(UPLOAD);
      writeText(out, upload.uploadId());
      writeText(out, upload.nonce());
      out.writeInt(upload.partEtags().size());
      for (String etag : upload.partEtags()) {
        writeText(out, etag);
      }
    } else if (pending instanceof Pending.Staged staged) {
      out.writeByte(STAGED);
      writeText(out, staged.path());
    } else {
      out.writeByte(NOTHING_PENDING);
    }
  }

  private static @Nullable Pending readPending(DataInputStream in) throws IOException {
    byte kind = in.readByte();
    return switch (kind) {
      case NOTHING_PENDING -> null;
      case UPLOAD -> new Pending.Upload(readText(in), readText(in), readTexts(in));
      case STAGED -> new Pending.Staged(readText(in));
      default -> throw new IOException("a pending file of code " + kind + " is not known");
    };
  }

  private static List<String> readTexts(DataInputStream in) throws IOException {
    int count = readCount(in);
    List<String> texts = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      texts.add(readText(in));
    }
    return texts;
  }

  private static List<OutputFile> readFiles(DataInputStream in, int version) throws IOException {
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
      String stats = readTextOrNull(in);
      long time = in.readLong();
      Pending pending = version >= 2 ? readPending(in) : null;
      files.add(new OutputFile(path, sizeBytes, records, values, stats, time, pending));
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
