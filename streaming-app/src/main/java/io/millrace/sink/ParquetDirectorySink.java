package io.millrace.sink;

import static java.util.Objects.requireNonNull;

import io.millrace.ledger.CommittedOffset;
import io.millrace.ledger.OutputFile;
import io.millrace.output.BatchName;
import io.millrace.output.DataFiles;
import io.millrace.output.PendingFiles;
import io.millrace.output.PendingFiles.Leftover;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A plain directory of Parquet files, for readers that know nothing of us.
 *
 * <p>Every file becomes visible whole, at its batch's commit; readers may see part of a batch while
 * it is published. {@link CommitLog} holds the committed offset, and says why two drivers can't
 * harm each other. Rows are never replaced.
 */
public final class ParquetDirectorySink implements TableSink {
  private static final Logger LOG = LoggerFactory.getLogger(ParquetDirectorySink.class);

  private final String path;
  private final CommitLog log;
  private final PendingFiles pending;
  private final FileWriter writer;
  private final Parallel parallel;
  private final Duration abandonedAfter;
  private final InstantSource clock;
  private @Nullable BatchName batch;

  /** Writes rows as data files, in a job of Spark's. */
  interface FileWriter {
    List<OutputFile> write(Dataset<Row> rows, DataFiles files) throws IOException;
  }

  /**
   * @param path the directory, for messages
   * @param parallel how many files are published at once
   * @param abandonedAfter pending files of an unfinished batch that no prepared record names are
   *     somebody's work for so long
   */
  ParquetDirectorySink(
      String path,
      CommitLog log,
      PendingFiles pending,
      FileWriter writer,
      Parallel parallel,
      Duration abandonedAfter,
      InstantSource clock) {
    this.path = path;
    this.log = log;
    this.pending = pending;
    this.writer = writer;
    this.parallel = parallel;
    this.abandonedAfter = abandonedAfter;
    this.clock = clock;
  }

  @Override
  public CommittedOffset committed() throws IOException {
    return log.head().committed();
  }

  @Override
  public void begin(BatchName begun) {
    batch = begun;
  }

  @Override
  public DataFiles dataFiles() {
    return pending.writersOf(requireNonNull(batch, "no batch was begun"));
  }

  @Override
  public List<OutputFile> write(Dataset<Row> rows) throws IOException {
    return writer.write(rows, dataFiles());
  }

  @Override
  public void discard(List<OutputFile> files) throws IOException {
    parallel.forEach(files, pending::takeBack);
  }

  @Override
  public void abandon(BatchName attempt) throws IOException {
    List<Leftover> left =
        pending.pending().stream().filter(file -> file.batch().equals(attempt)).toList();
    parallel.forEach(left, pending::takeBack);
  }

  @Override
  public void verify(List<OutputFile> files) throws IOException {
    parallel.forEach(
        files,
        file -> {
          if (!pending.isIntact(file)) {
            throw vanished(file);
          }
        });
  }

  @Override
  public void commit(TableCommit commit) throws IOException {
    if (!commit.replacedOrdinals().isEmpty()) {
      throw new SinkException(
          "rows of %s can't be replaced: it is a directory of Parquet files".formatted(path));
    }
    if (!isAnnounced(commit)) {
      return;
    }
    parallel.forEach(commit.superseded(), pending::remove);
    parallel.forEach(
        commit.files(),
        file -> {
          if (!pending.publish(file)) {
            throw vanished(file);
          }
        });
    conclude(commit);
    sweepFinished(commit.next());
  }

  @Override
  public void announce(TableCommit commit) throws IOException {
    isAnnounced(commit);
  }

  @Override
  public void sweep(List<OutputFile> named) throws IOException {
    CommittedOffset committed = committed();
    Set<String> kept = new HashSet<>();
    for (OutputFile file : named) {
      if (file.pending() != null) {
        kept.add(file.pending().id());
      }
    }
    Instant before = clock.instant().minus(abandonedAfter);
    List<Leftover> left =
        pending.pending().stream()
            .filter(file -> !kept.contains(file.id()))
            .filter(file -> isFinished(file, committed) || file.since().isBefore(before))
            .toList();
    parallel.forEach(left, pending::takeBack);
    if (!left.isEmpty()) {
      LOG.info("{} files that were left pending in {} are taken back", left.size(), path);
    }
  }

  /** What tasks of a committed batch left pending can never be published. */
  private void sweepFinished(CommittedOffset committed) {
    try {
      List<Leftover> left =
          pending.pending().stream().filter(file -> isFinished(file, committed)).toList();
      parallel.forEach(left, pending::takeBack);
    } catch (IOException e) {
      LOG.warn(
          "files that tasks left pending in {} stay until the next batch: {}",
          path,
          e.getMessage());
    }
  }

  private static boolean isFinished(Leftover file, CommittedOffset committed) {
    return file.batch().lastOrdinal() <= committed.ordinal();
  }

  /**
   * Makes the last step one that names the attempt.
   *
   * @return false where it is committed already
   */
  private boolean isAnnounced(TableCommit commit) throws IOException {
    while (true) {
      CommitLog.Step now = log.head();
      if (now.committed().equals(commit.next())) {
        return false;
      }
      if (!now.committed().equals(commit.expected())) {
        throw mismatch(now, commit);
      }
      CommittedOffset publishing = now.publishing();
      if (publishing != null && publishing.equals(commit.next())) {
        return true;
      }
      if (publishing != null
          && (publishing.ordinal() != commit.next().ordinal()
              || publishing.attempt() > commit.next().attempt())) {
        throw mismatch(now, commit);
      }
      if (log.append(now.committed(), commit.next())) {
        return true;
      }
    }
  }

  /** Moves the committed offset, unless another has done so or has named a later attempt. */
  private void conclude(TableCommit commit) throws IOException {
    while (true) {
      CommitLog.Step now = log.head();
      if (now.committed().equals(commit.next())) {
        return;
      }
      if (!now.committed().equals(commit.expected()) || !commit.next().equals(now.publishing())) {
        throw mismatch(now, commit);
      }
      if (log.append(commit.next(), null)) {
        return;
      }
    }
  }

  private OffsetMismatchException mismatch(CommitLog.Step now, TableCommit commit) {
    return new OffsetMismatchException(
        "%s is at %s, and publishing %s; it was to go from %s to %s"
            .formatted(path, now.committed(), now.publishing(), commit.expected(), commit.next()));
  }

  private FilesVanishedException vanished(OutputFile file) {
    return new FilesVanishedException(
        ("%s of %s was written, and is gone: neither pending nor visible. Where a lifecycle rule"
                + " aborts incomplete uploads, give it more days than a batch may wait")
            .formatted(file.path(), path));
  }
}
