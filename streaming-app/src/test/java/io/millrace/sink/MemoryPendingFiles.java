package io.millrace.sink;

import io.millrace.ledger.OutputFile;
import io.millrace.ledger.Pending;
import io.millrace.output.BatchName;
import io.millrace.output.DataFile;
import io.millrace.output.DataFiles;
import io.millrace.output.PendingFiles;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A directory in memory of which a row is a byte, the ordinal that it comes from; files are pending
 * uploads until they are completed, as in S3.
 */
final class MemoryPendingFiles implements PendingFiles {
  static final Instant BEGIN = Instant.parse("2026-11-01T00:00:00Z");

  private final Crashes crashes;
  private final Map<String, Leftover> pending = new TreeMap<>();
  private final Map<String, byte[]> contents = new TreeMap<>();

  private int uploads;

  /** Path to the id of the upload that was completed there. */
  private final Map<String, String> visible = new TreeMap<>();

  MemoryPendingFiles(Crashes crashes) {
    this.crashes = crashes;
  }

  /** The ordinals of the rows that readers see, sorted. */
  List<Long> rows() {
    List<Long> rows = new ArrayList<>();
    for (String id : visible.values()) {
      for (byte row : contents.get(id)) {
        rows.add((long) row);
      }
    }
    Collections.sort(rows);
    return rows;
  }

  /** A lifecycle rule aborts what is pending. */
  void expire() {
    pending.clear();
  }

  int pendingCount() {
    return pending.size();
  }

  /** The paths that readers see. */
  List<String> visiblePaths() {
    return List.copyOf(visible.keySet());
  }

  @Override
  public DataFiles writersOf(BatchName batch) {
    return (partitionValues, number) -> new File(batch, partitionValues, number);
  }

  @Override
  public boolean isIntact(OutputFile file) throws IOException {
    return crashes.call("look at " + file.path(), () -> isPending(file) || isVisible(file));
  }

  @Override
  public boolean publish(OutputFile file) throws IOException {
    return crashes.call(
        "publish " + file.path(),
        () -> {
          if (pending.remove(id(file)) != null) {
            visible.put(file.path(), id(file));
            return true;
          }
          return isVisible(file);
        });
  }

  @Override
  public void takeBack(OutputFile file) throws IOException {
    crashes.call("abort " + file.path(), () -> pending.remove(id(file)));
  }

  @Override
  public void remove(OutputFile file) throws IOException {
    takeBack(file);
    crashes.call("delete " + file.path(), () -> isVisible(file) && hide(file));
  }

  @Override
  public List<Leftover> pending() throws IOException {
    return crashes.call("list", () -> List.copyOf(pending.values()));
  }

  @Override
  public void takeBack(Leftover leftover) throws IOException {
    crashes.call("abort " + leftover.id(), () -> pending.remove(leftover.id()));
  }

  private boolean hide(OutputFile file) {
    return visible.remove(file.path()) != null;
  }

  private boolean isPending(OutputFile file) {
    return pending.containsKey(id(file));
  }

  private boolean isVisible(OutputFile file) {
    return id(file).equals(visible.get(file.path()));
  }

  private static String id(OutputFile file) {
    Pending waiting = file.pending();
    if (waiting == null) {
      throw new IllegalStateException(file.path() + " is not pending");
    }
    return waiting.id();
  }

  private final class File extends DataFile {
    private final BatchName batch;
    private final Map<String, @Nullable String> partitionValues;
    private final String path;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private String id = "";

    File(BatchName batch, Map<String, @Nullable String> partitionValues, int number) {
      this.batch = batch;
      this.partitionValues = partitionValues;
      this.path = batch + "-" + number;
    }

    @Override
    public void write(byte[] buffer, int offset, int length) {
      bytes.write(buffer, offset, length);
    }

    @Override
    public long size() {
      return bytes.size();
    }

    @Override
    public OutputFile finish(long records, @Nullable String stats) throws IOException {
      id = "upload-%04d".formatted(uploads++);
      return crashes.call(
          "upload " + path,
          () -> {
            contents.put(id, bytes.toByteArray());
            pending.put(id, new Leftover(batch, path, id, BEGIN));
            return new OutputFile(
                path,
                size(),
                records,
                partitionValues,
                stats,
                0,
                new Pending.Upload(id, id, List.of("etag")));
          });
    }

    @Override
    public void abort() {}

    @Override
    public void takeBack() {
      pending.remove(id);
    }
  }
}
