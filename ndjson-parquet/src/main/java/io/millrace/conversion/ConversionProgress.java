package io.millrace.conversion;

/** Hears, often and from several threads, what has been done since it heard last. */
@FunctionalInterface
public interface ConversionProgress {
  /** Is told by who reports in no other way. */
  ConversionProgress NONE = (records, malformed, bytes) -> {};

  /**
   * Adds to what has been done.
   *
   * @param records that became rows
   * @param malformed records
   * @param bytes of lines, decompressed
   */
  void add(long records, long malformed, long bytes);
}
