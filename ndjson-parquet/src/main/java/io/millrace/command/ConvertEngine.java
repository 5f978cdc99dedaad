package io.millrace.command;

import io.millrace.conversion.ConversionProgress;
import java.io.IOException;

/** Converts files on this machine. */
@FunctionalInterface
public interface ConvertEngine {
  /**
   * Converts; the files are in the output when this returns, and none is when it throws.
   *
   * @throws IOException with a message for whoever gave the command
   */
  ConvertResult convert(ConvertRequest request, ConversionProgress progress)
      throws IOException, InterruptedException;
}
