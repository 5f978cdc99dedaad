package io.millrace.convert;

import io.millrace.conversion.ConvertedFile;
import io.millrace.conversion.OutputStore;
import io.millrace.ledger.OutputFile;
import io.millrace.output.DataFile;
import io.millrace.output.DataFiles;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.TaskContext;
import org.jspecify.annotations.Nullable;

/**
 * The files of one attempt of a task: all of them are kept, or none. Their directories are Hive's,
 * {@code column=value/…}. For one thread.
 */
final class TaskFiles implements OutputStore, Closeable {
  private final DataFiles files;
  private final FileStatistics statistics;
  private final int task;
  private final int tasks;
  private final Map<String, Created> created = new LinkedHashMap<>();

  /**
   * @param statisticsColumns the columns of the first level that files have statistics of; none for
   *     all
   * @param task its number, of {@code tasks}, from 0
   */
  TaskFiles(DataFiles files, List<String> statisticsColumns, int task, int tasks) {
    this.files = files;
    this.statistics = new FileStatistics(statisticsColumns);
    this.task = task;
    this.tasks = tasks;
  }

  /** Of the task that this thread runs. */
  static TaskFiles ofThisTask(DataFiles files, List<String> statisticsColumns) {
    TaskContext context = TaskContext.get();
    return new TaskFiles(files, statisticsColumns, context.partitionId(), context.numPartitions());
  }

  @Override
  public OutputStream create(String path) throws IOException {
    int number = Math.addExact(Math.multiplyExact(created.size(), tasks), task);
    Created stream = new Created(files.create(partition(path), number));
    created.put(path, stream);
    return stream;
  }

  /**
   * Keeps the files, all of which are complete.
   *
   * @return what the table is told of them; nothing of it is visible before it is committed
   */
  List<OutputFile> keep(List<ConvertedFile> converted) {
    List<OutputFile> kept = new ArrayList<>();
    for (ConvertedFile file : converted) {
      Created complete = created.get(file.path());
      if (complete == null || complete.finished == null) {
        throw new IllegalStateException(file.path() + " is not complete");
      }
      kept.add(
          complete.finished.withContent(
              file.file().rows(), statistics.of(file.file().deltaStats())));
    }
    created.clear();
    return kept;
  }

  /** Gives up files that are not kept, complete or not, as far as the store lets it. */
  @Override
  public void close() {
    created.values().forEach(Created::giveUp);
    created.clear();
  }

  /** Of {@code date=2026-03-01/hour=7/name}. */
  static Map<String, @Nullable String> partition(String path) {
    Map<String, @Nullable String> values = new LinkedHashMap<>();
    String[] parts = path.split("/", -1);
    for (int i = 0; i < parts.length - 1; i++) {
      int equals = parts[i].indexOf('=');
      values.put(parts[i].substring(0, equals), parts[i].substring(equals + 1));
    }
    return values;
  }

  /** A file that is durable when it is closed, unless it was given up before. */
  private static final class Created extends OutputStream {
    private final DataFile file;
    private @Nullable OutputFile finished;
    private boolean isOver;

    Created(DataFile file) {
      this.file = file;
    }

    @Override
    public void write(int b) throws IOException {
      file.write(b);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      file.write(bytes, from, length);
    }

    /** What is in the file is told by {@link #keep}: its writer knows only now. */
    @Override
    public void close() throws IOException {
      if (!isOver) {
        isOver = true;
        finished = file.finish(0, null);
      }
    }

    void giveUp() {
      isOver = true;
      if (finished == null) {
        file.abort();
      } else {
        file.takeBack();
      }
    }
  }
}
