package io.millrace.convert;

import io.millrace.conversion.ConversionOptions;
import io.millrace.conversion.MalformedRecords;
import io.millrace.conversion.Split;
import io.millrace.conversion.SplitResult;
import io.millrace.input.Input;
import io.millrace.input.InputBlocks;
import io.millrace.ledger.OutputFile;
import io.millrace.ndjson.BlockSource;
import io.millrace.ndjson.NdjsonReader;
import io.millrace.ndjson.RecordSplitter;
import io.millrace.vector.RecordBatch;
import java.io.IOException;
import java.util.List;

/** Parses rows only to find the records that are none. */
final class DroppedRows implements SplitRows {
  private final ConversionOptions options;
  private final InputBlocks inputs;
  private final MalformedRecords malformed;
  private final Runnable eachBatch;
  private final RecordBatch batch;

  DroppedRows(TaskSettings settings, MalformedRecords malformed, Runnable eachBatch) {
    this.options = settings.options();
    this.inputs = settings.inputs();
    this.malformed = malformed;
    this.eachBatch = eachBatch;
    this.batch = new RecordBatch(options.schema());
  }

  @Override
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
                  malformed.add(input, offset, bytes, from, to, reason));
      while (reader.read(batch)) {
        eachBatch.run();
      }
      return new SplitResult(
          reader.records() - reader.malformedRecords(),
          reader.malformedRecords(),
          reader.bytes(),
          0);
    }
  }

  @Override
  public List<OutputFile> finish() {
    return List.of();
  }

  @Override
  public void close() {}
}
