package io.millrace.benchmarks.compare;

import java.io.IOException;

/** Converts files with one thread, again and again in one process. */
interface Converter extends AutoCloseable {
  void convert(ConversionTask task) throws Exception;

  @Override
  void close() throws IOException;
}
