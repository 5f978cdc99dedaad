package io.millrace.benchmarks.compare;

import io.millrace.conversion.ConversionOptions;
import io.millrace.conversion.ConversionProgress;
import io.millrace.conversion.LocalOutput;
import io.millrace.conversion.MalformedPolicy;
import io.millrace.conversion.ParallelConversion;
import io.millrace.conversion.Split;
import io.millrace.input.DecompressionLimits;
import io.millrace.input.InputBlocks;
import io.millrace.input.LocalFile;
import io.millrace.input.ReadAhead;
import io.millrace.parquet.Codec;
import io.millrace.parquet.ParquetOptions;
import io.millrace.schema.SchemaParser;
import java.util.List;

/** What {@code ./millrace convert --threads 1} does. */
final class MillraceConverter implements Converter {
  @Override
  public void convert(ConversionTask task) throws Exception {
    ConversionOptions options =
        ConversionOptions.of(SchemaParser.parse(task.schema()))
            .withParquet(ParquetOptions.defaults().withCodec(Codec.zstd(task.zstdLevel())));
    InputBlocks inputs =
        InputBlocks.withDaemons(ReadAhead.defaults(), DecompressionLimits.defaults());
    try (LocalOutput output = new LocalOutput(task.output(), false)) {
      new ParallelConversion(options, inputs, output, MalformedPolicy.FAIL, 1)
          .run(List.of(Split.whole(new LocalFile(task.input()))), ConversionProgress.NONE);
      output.publish();
    }
  }

  @Override
  public void close() {}
}
