package io.millrace.convert;

import io.millrace.conversion.Split;
import io.millrace.conversion.SplitResult;
import io.millrace.ledger.OutputFile;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;

/** Takes the rows of a task's splits. For one thread. */
interface SplitRows extends Closeable {

  /** Reads a split, and takes its rows. */
  SplitResult convert(Split split) throws IOException;

  /** Completes the files, and keeps them. */
  List<OutputFile> finish() throws IOException;
}
