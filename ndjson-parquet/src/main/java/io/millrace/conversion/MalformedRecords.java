package io.millrace.conversion;

import io.millrace.input.Input;
import io.millrace.ndjson.MalformedReason;
import java.io.IOException;

/** Is told of the records of all of a task's objects that are not rows. */
public interface MalformedRecords {
  /**
   * Takes note of a record; what it throws ends the conversion.
   *
   * @param offset where its line begins in the object, decompressed, in bytes
   * @param bytes hold the line in [{@code from}, {@code to}); not to be kept
   */
  void add(Input input, long offset, byte[] bytes, int from, int to, MalformedReason reason)
      throws IOException;
}
