package io.millrace.ledger;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One finished data file that a batch will publish.
 *
 * @param path relative to the table's root; URL-encoded, as Delta's log has it, unless it is
 *     pending
 * @param sizeBytes the file's size
 * @param records its number of rows
 * @param partitionValues partition column to value as Delta writes it (dates {@code yyyy-MM-dd}); a
 *     null value is the null partition
 * @param stats Delta's per-file statistics as JSON, or null where there are none
 * @param modificationTimeMillis the file's time in milliseconds since 1970
 * @param pending what makes it visible at the commit; null where it lies under its path already, as
 *     in a Delta table, whose log decides what is seen
 */
public record OutputFile(
    String path,
    long sizeBytes,
    long records,
    Map<String, @Nullable String> partitionValues,
    @Nullable String stats,
    long modificationTimeMillis,
    @Nullable Pending pending)
    implements Serializable {
  private static final long serialVersionUID = 1;

  /** A file that lies under its path already. */
  public OutputFile(
      String path,
      long sizeBytes,
      long records,
      Map<String, @Nullable String> partitionValues,
      @Nullable String stats,
      long modificationTimeMillis) {
    this(path, sizeBytes, records, partitionValues, stats, modificationTimeMillis, null);
  }

  /** The same file, of which is known now what is in it. */
  public OutputFile withContent(long newRecords, @Nullable String newStats) {
    return new OutputFile(
        path, sizeBytes, newRecords, partitionValues, newStats, modificationTimeMillis, pending);
  }

  public OutputFile {
    requireNonNull(path, "path");
    partitionValues = Collections.unmodifiableMap(new LinkedHashMap<>(partitionValues));
    if (sizeBytes < 0 || records < 0) {
      throw new IllegalArgumentException(
          "file %s with %d bytes and %d records".formatted(path, sizeBytes, records));
    }
  }
}
