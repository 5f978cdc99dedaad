package io.millrace.sink;

import io.millrace.ledger.CommittedOffset;
import io.millrace.ledger.OutputFile;
import io.millrace.output.DataFiles;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** A table in memory, of which a row is no more than the ordinal that it comes from. */
final class MemoryTable implements TableSink {
  private final Crashes crashes;

  /** All files that were written, with the ordinal of each row. */
  private final Map<String, List<Long>> written = new HashMap<>();

  private final List<Long> rows = new ArrayList<>();
  private CommittedOffset committed = CommittedOffset.NONE;
  private CommittedOffset announced = CommittedOffset.NONE;

  MemoryTable(Crashes crashes) {
    this.crashes = crashes;
  }

  /** Writes a file that nobody sees yet. */
  OutputFile write(List<Long> ordinals) throws IOException {
    String path = "file-" + written.size();
    return crashes.call(
        "write " + path,
        () -> {
          written.put(path, List.copyOf(ordinals));
          return new OutputFile(path, 1, ordinals.size(), Map.of(), null, 0);
        });
  }

  /** Somebody deletes all files that are not in the table, as VACUUM does. */
  void vacuum() {
    written.keySet().clear();
  }

  /** The ordinals of the rows that readers see, sorted. */
  List<Long> rows() {
    List<Long> sorted = new ArrayList<>(rows);
    Collections.sort(sorted);
    return sorted;
  }

  @Override
  public List<OutputFile> write(Dataset<Row> dataset) {
    throw new UnsupportedOperationException("this table's engine writes lists of ordinals");
  }

  @Override
  public DataFiles dataFiles() {
    throw new UnsupportedOperationException("this table's engine writes lists of ordinals");
  }

  @Override
  public void discard(List<OutputFile> files) {
    files.forEach(file -> written.remove(file.path()));
  }

  @Override
  public CommittedOffset committed() throws IOException {
    return crashes.call("committed", () -> committed);
  }

  @Override
  public void verify(List<OutputFile> files) throws IOException {
    crashes.call(
        "verify",
        () -> {
          for (OutputFile file : files) {
            if (!written.containsKey(file.path())) {
              throw new FilesVanishedException(file.path() + " is gone");
            }
          }
          return true;
        });
  }

  @Override
  public void announce(TableCommit commit) throws IOException {
    crashes.call(
        "announce " + commit.next(),
        () -> {
          if (commit.isDue(committed, announced, "the table")) {
            announced = commit.next();
          }
          return true;
        });
  }

  @Override
  public void commit(TableCommit commit) throws IOException {
    crashes.call(
        "commit " + commit.next(),
        () -> {
          if (!commit.isDue(committed, announced, "the table")) {
            return false;
          }
          Set<Long> replaced = new HashSet<>(commit.replacedOrdinals());
          rows.removeIf(replaced::contains);
          commit.files().forEach(file -> rows.addAll(written.get(file.path())));
          committed = commit.next();
          return true;
        });
  }
}
