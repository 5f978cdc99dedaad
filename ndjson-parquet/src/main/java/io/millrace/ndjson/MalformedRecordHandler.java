package io.millrace.ndjson;

import java.io.IOException;

/** Is told of each record that is not a row. */
@FunctionalInterface
public interface MalformedRecordHandler {
  /**
   * Takes note of a record; what it throws ends the reading.
   *
   * @param offset where the record's line begins in the object, in bytes
   * @param bytes hold the line, without its terminator, in [{@code from}, {@code to}); the
   *     reader's, to be copied by whoever wants to keep it
   */
  void malformed(long offset, byte[] bytes, int from, int to, MalformedReason reason)
      throws IOException;
}
