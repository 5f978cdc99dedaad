package io.millrace.convert;

import io.millrace.conversion.ConversionProgress;
import io.millrace.conversion.MalformedRecords;
import io.millrace.conversion.Split;
import io.millrace.conversion.SplitConverter;
import io.millrace.conversion.SplitResult;
import io.millrace.ledger.OutputFile;
import java.io.IOException;
import java.util.List;

/** Writes rows into files of the main table. */
final class WrittenRows implements SplitRows {
  private final TaskFiles files;
  private final SplitConverter converter;

  /**
   * @param name is part of the files' names
   */
  WrittenRows(
      TaskSettings settings, String name, MalformedRecords malformed, ConversionProgress progress)
      throws IOException {
    this.files = TaskFiles.ofThisTask(settings.table(), settings.statisticsColumns());
    this.converter =
        new SplitConverter(
            settings.options(),
            settings.inputs(),
            files,
            name,
            malformed,
            progress,
            new OriginColumns(settings.origin().metadata()));
  }

  @Override
  public SplitResult convert(Split split) throws IOException {
    return converter.convert(split);
  }

  @Override
  public List<OutputFile> finish() throws IOException {
    return files.keep(converter.finish());
  }

  /** Gives the files up first: a writer that is closed would complete them. */
  @Override
  public void close() throws IOException {
    files.close();
    converter.close();
  }
}
