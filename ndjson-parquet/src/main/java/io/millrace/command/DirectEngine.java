package io.millrace.command;

import io.millrace.conversion.ConversionProgress;
import io.millrace.conversion.ConversionResult;
import io.millrace.conversion.LocalOutput;
import io.millrace.conversion.ParallelConversion;
import io.millrace.conversion.Split;
import io.millrace.conversion.SplitResult;
import io.millrace.conversion.Splitter;
import io.millrace.input.DecompressionLimits;
import io.millrace.input.InputBlocks;
import io.millrace.input.LocalFile;
import io.millrace.input.ReadAhead;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The engine of this library. */
final class DirectEngine implements ConvertEngine {
  private final ReadAhead readAhead;
  private final DecompressionLimits limits;

  DirectEngine(ReadAhead readAhead, DecompressionLimits limits) {
    this.readAhead = readAhead;
    this.limits = limits;
  }

  @Override
  public ConvertResult convert(ConvertRequest request, ConversionProgress progress)
      throws IOException, InterruptedException {
    List<LocalFile> inputs = new ArrayList<>();
    for (Path input : request.inputs()) {
      inputs.add(new LocalFile(input));
    }
    try (LocalOutput output = new LocalOutput(request.output(), request.overwrite())) {
      ParallelConversion conversion =
          new ParallelConversion(
              request.options(),
              InputBlocks.withDaemons(readAhead, limits),
              output,
              request.malformedPolicy(),
              request.threads());
      ConversionResult result = conversion.run(splits(request.threads(), inputs), progress);
      output.publish();
      SplitResult records = result.records();
      return new ConvertResult(
          records.records(),
          records.malformed(),
          records.bytes(),
          result.files().size(),
          result.bytes());
    }
  }

  /** One thread takes a file as it is: every split costs a record that is read twice. */
  private static List<Split> splits(int threads, List<LocalFile> inputs) throws IOException {
    if (threads == 1) {
      return inputs.stream().map(Split::whole).toList();
    }
    return new Splitter(Splitter.DEFAULT_SPLIT_BYTES).splits(inputs);
  }
}
