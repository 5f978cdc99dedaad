package io.millrace.conversion;

import io.millrace.parquet.ParquetFileWriters;
import io.millrace.vector.RecordBatch;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A task's open files, one for each directory that rows are for, bounded in number and memory: the
 * one that has waited longest for rows is finished first, and a single one ends its row group.
 */
public final class FileWriters implements Closeable {
  private final ConversionOptions options;
  private final OutputStore store;
  private final String task;

  /** In the order of their last use. */
  private final Map<String, OpenFile> open = new LinkedHashMap<>(16, 0.75f, true);

  private final ParquetFileWriters writers;
  private final List<ConvertedFile> finished = new ArrayList<>();
  private int created;

  /**
   * @param options of which the schema is that of the files
   * @param task is part of the files' names, which no other task's may share
   */
  public FileWriters(ConversionOptions options, OutputStore store, String task) {
    this.options = options;
    this.store = store;
    this.task = task;
    this.writers = new ParquetFileWriters(options.schema(), options.parquet());
  }

  /**
   * Appends all rows of a batch.
   *
   * @param directory empty, or one that ends with a slash
   */
  public void append(String directory, RecordBatch batch) throws IOException {
    OpenFile file = file(directory);
    file.append(batch);
    keepWithinLimits(directory, file);
  }

  /** Appends some rows of a batch, ascending. */
  public void append(String directory, RecordBatch batch, int[] rows, int count)
      throws IOException {
    OpenFile file = file(directory);
    file.append(batch, rows, count);
    keepWithinLimits(directory, file);
  }

  /** Finishes all files; returns them with those that were finished before. */
  public List<ConvertedFile> finish() throws IOException {
    while (!open.isEmpty()) {
      finishEldest();
    }
    return List.copyOf(finished);
  }

  /** Gives up the files that are not finished. */
  @Override
  public void close() throws IOException {
    IOException trouble = null;
    for (OpenFile file : open.values()) {
      try {
        file.close();
      } catch (IOException e) {
        trouble = e;
      }
    }
    open.clear();
    writers.close();
    if (trouble != null) {
      throw trouble;
    }
  }

  private OpenFile file(String directory) throws IOException {
    OpenFile file = open.get(directory);
    if (file == null) {
      if (open.size() == options.maxOpenWriters()) {
        finishEldest();
      }
      String name = "part-%s-%05d.parquet".formatted(task, created++);
      file = new OpenFile(writers, directory + name, store);
      open.put(directory, file);
    }
    return file;
  }

  private void keepWithinLimits(String directory, OpenFile file) throws IOException {
    if (file.bytes() >= options.targetFileBytes()) {
      open.remove(directory);
      finish(file);
    }
    if (memoryBytes() > options.writerMemoryBytes()) {
      writers.release();
      while (open.size() > 1 && memoryBytes() > options.writerMemoryBytes()) {
        finishEldest();
        writers.release();
      }
      if (!open.isEmpty() && memoryBytes() > options.writerMemoryBytes()) {
        open.values().iterator().next().endRowGroup();
        writers.release();
      }
    }
  }

  private long memoryBytes() {
    long sum = writers.memoryBytes();
    for (OpenFile file : open.values()) {
      sum += file.memoryBytes();
    }
    return sum;
  }

  private void finishEldest() throws IOException {
    Iterator<OpenFile> eldest = open.values().iterator();
    OpenFile file = eldest.next();
    eldest.remove();
    finish(file);
  }

  private void finish(OpenFile file) throws IOException {
    try (file) {
      finished.add(file.finish());
    }
  }
}
