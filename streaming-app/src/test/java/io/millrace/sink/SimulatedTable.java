package io.millrace.sink;

import io.millrace.ledger.CommittedOffset;
import io.millrace.ledger.LedgerStore;
import io.millrace.ledger.OutputFile;
import io.millrace.output.DataFiles;
import io.millrace.simulation.Outside;
import io.millrace.simulation.TableContents;
import io.millrace.simulation.TableContents.Row;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.apache.spark.sql.Dataset;

/**
 * A table as Delta keeps one: files, and a log of which each version is put if absent. For one
 * process.
 */
public final class SimulatedTable implements TableSink {
  private final TableContents contents;
  private final LedgerStore log;
  private final Outside outside;
  private final Supplier<UUID> nonces;
  private final boolean checksOffset;
  private TableContents.Version now = TableContents.Version.EMPTY;

  /**
   * @param log where the versions are put
   * @param checksOffset false where what the table says of itself is left aside
   */
  public SimulatedTable(
      TableContents contents,
      LedgerStore log,
      Outside outside,
      Supplier<UUID> nonces,
      boolean checksOffset) {
    this.contents = contents;
    this.log = log;
    this.outside = outside;
    this.nonces = nonces;
    this.checksOffset = checksOffset;
  }

  /** Writes a file that nobody sees yet. */
  public OutputFile write(List<Row> rows) throws IOException {
    String path = outside.write("write a file", () -> contents.write(rows));
    if (contents.isChanged()) {
      throw new TableChangedException("the table's columns are others");
    }
    return new OutputFile(path, rows.size(), rows.size(), Map.of(), null, 0);
  }

  @Override
  public CommittedOffset committed() throws IOException {
    return update().committed();
  }

  @Override
  public void verify(List<OutputFile> files) throws IOException {
    for (OutputFile file : files) {
      if (!outside.read("look for " + file.path(), () -> contents.has(file.path()))) {
        throw new FilesVanishedException(file.path() + " is gone");
      }
    }
  }

  @Override
  public void discard(List<OutputFile> files) throws IOException {
    for (OutputFile file : files) {
      outside.write("discard " + file.path(), () -> contents.delete(file.path()));
    }
  }

  @Override
  public void commit(TableCommit commit) throws IOException {
    while (true) {
      TableContents.Version base = update();
      if (isDone(base, commit)) {
        return;
      }
      List<String> added = new ArrayList<>(commit.files().stream().map(OutputFile::path).toList());
      List<String> removed = removals(base, commit.replacedOrdinals(), added);
      if (put(base, TableContents.encode(nonces.get(), removed, added, commit.next()))) {
        return;
      }
    }
  }

  @Override
  public void announce(TableCommit commit) throws IOException {
    while (true) {
      TableContents.Version base = update();
      if (isDone(base, commit)
          || base.announced().equals(commit.next())
          || put(base, TableContents.announcement(nonces.get(), commit.next()))) {
        return;
      }
    }
  }

  private boolean isDone(TableContents.Version base, TableCommit commit) {
    if (contents.isChanged()) {
      throw new TableChangedException("the table's columns are others");
    }
    return checksOffset && !commit.isDue(base.committed(), base.announced(), "the table");
  }

  private boolean put(TableContents.Version base, String content) throws IOException {
    return log.putIfAbsent(
        TableContents.name(base.number() + 1), content.getBytes(StandardCharsets.UTF_8));
  }

  /** Files with rows of these ordinals; one that has others, too, is written again without them. */
  private List<String> removals(
      TableContents.Version base, List<Long> replacedOrdinals, List<String> added)
      throws IOException {
    Set<Long> replaced = new HashSet<>(replacedOrdinals);
    List<String> removed = new ArrayList<>();
    for (String path : base.files()) {
      List<Row> rows = outside.read("read " + path, () -> contents.rows(path));
      List<Row> kept = rows.stream().filter(row -> !replaced.contains(row.ordinal())).toList();
      if (kept.size() < rows.size()) {
        removed.add(path);
        if (!kept.isEmpty()) {
          added.add(write(kept).path());
        }
      }
    }
    return removed;
  }

  private TableContents.Version update() throws IOException {
    while (true) {
      Optional<byte[]> next = log.read(TableContents.name(now.number() + 1));
      if (next.isEmpty()) {
        return now;
      }
      now = now.after(new String(next.get(), StandardCharsets.UTF_8));
    }
  }

  @Override
  public List<OutputFile> write(Dataset<org.apache.spark.sql.Row> rows) {
    throw new UnsupportedOperationException("the simulated engine writes no datasets");
  }

  @Override
  public DataFiles dataFiles() {
    throw new UnsupportedOperationException("the simulated engine writes no datasets");
  }
}
