package io.millrace.conversion;

import io.millrace.input.Input;
import io.millrace.input.InputBlocks;
import io.millrace.ndjson.BlockSource;
import io.millrace.ndjson.NdjsonReader;
import io.millrace.ndjson.RecordSplitter;
import io.millrace.schema.Field;
import io.millrace.schema.Type;
import io.millrace.vector.RecordBatch;
import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Converts the splits of one task, one after the other, into the task's files.
 *
 * <p>For one thread. A split that failed spoils the task: close it then, and give up its files.
 */
public final class SplitConverter implements Closeable {
  private final ConversionOptions options;
  private final InputBlocks inputs;
  private final MalformedRecords malformedRecords;
  private final ConversionProgress progress;
  private final RowOrigin origin;
  private final FileWriters writers;
  private final @Nullable PartitionHours hours;
  private final @Nullable RowRouter router;
  private final RecordBatch batch;

  /** Of records alone. */
  public SplitConverter(
      ConversionOptions options,
      InputBlocks inputs,
      OutputStore store,
      String task,
      MalformedRecords malformedRecords,
      ConversionProgress progress) {
    this(options, inputs, store, task, malformedRecords, progress, RowOrigin.UNTOLD);
  }

  /**
   * @param task is part of the files' names, which no other task's may share
   */
  public SplitConverter(
      ConversionOptions options,
      InputBlocks inputs,
      OutputStore store,
      String task,
      MalformedRecords malformedRecords,
      ConversionProgress progress,
      RowOrigin origin) {
    this.options = options;
    this.inputs = inputs;
    this.malformedRecords = malformedRecords;
    this.progress = progress;
    this.origin = origin;
    List<Field> fields = new ArrayList<>(options.schema().fields());
    fields.addAll(origin.fields());
    Type.Struct fileSchema = new Type.Struct(fields);
    Partitioning partitioning = options.partitioning();
    this.writers = new FileWriters(options.withSchema(fileSchema), store, task);
    this.hours = partitioning == null ? null : new PartitionHours(partitioning, fileSchema);
    this.router = hours == null ? null : new RowRouter(hours, writers);
    this.batch = new RecordBatch(fileSchema);
  }

  /**
   * Converts one split.
   *
   * @throws MalformedRecordException when the split has too many malformed records
   * @throws io.millrace.input.DamagedInputException when its object can't be decompressed
   * @throws InterruptedIOException when the thread is interrupted, which stays so
   */
  public SplitResult convert(Split split) throws IOException {
    Input input = split.input();
    try (BlockSource blocks =
        split.whole()
            ? inputs.open(input)
            : inputs.openAt(input, RecordSplitter.firstByte(split.start()))) {
      NdjsonReader reader =
          new NdjsonReader(
              blocks,
              split.start(),
              split.end(),
              options.schema(),
              options.reader(),
              (offset, bytes, from, to, reason) ->
                  malformedRecords.add(input, offset, bytes, from, to, reason));
      SplitResult result = SplitResult.NOTHING;
      long standIn = hours == null ? 0 : hours.standIn(origin.time(input));
      long withoutTimestamp = 0;
      boolean more = true;
      while (more) {
        more = reader.read(batch);
        checkInterrupt(input);
        if (more) {
          withoutTimestamp += hours == null ? 0 : hours.lacking(batch);
          origin.append(input, reader.offsets(), batch);
          append(standIn);
        }
        SplitResult next = SplitResult.of(reader, withoutTimestamp);
        progress.add(
            next.records() - result.records(),
            next.malformed() - result.malformed(),
            next.bytes() - result.bytes());
        result = next;
        checkRatio(input, result, ConversionOptions.RATIO_FROM_RECORDS);
      }
      checkRatio(input, result, 0);
      return result;
    }
  }

  /** Finishes all files. */
  public List<ConvertedFile> finish() throws IOException {
    return writers.finish();
  }

  /** Gives up what is not finished. */
  @Override
  public void close() throws IOException {
    writers.close();
  }

  private void append(long standIn) throws IOException {
    if (router == null) {
      writers.append("", batch);
    } else {
      router.append(batch, standIn);
    }
  }

  /** Nothing else would notice before the next row group is written. */
  private static void checkInterrupt(Input input) throws InterruptedIOException {
    if (Thread.currentThread().isInterrupted()) {
      throw new InterruptedIOException(input.name() + ": the conversion was interrupted");
    }
  }

  private void checkRatio(Input input, SplitResult soFar, long fromRecords)
      throws MalformedRecordException {
    long all = soFar.records() + soFar.malformed();
    if (all >= fromRecords && soFar.malformed() > options.maxMalformedRatio() * all) {
      throw MalformedRecordException.tooMany(
          input, soFar.malformed(), all, options.maxMalformedRatio());
    }
  }
}
