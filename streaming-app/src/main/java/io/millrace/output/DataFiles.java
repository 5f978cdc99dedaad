package io.millrace.output;

import java.io.IOException;
import java.io.Serializable;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where tasks write the data files of one batch; nobody sees one before the batch's commit.
 *
 * <p>Made on the driver, and taken to executors: best in a broadcast, since it may hold the whole
 * Hadoop configuration. Safe for several threads.
 */
public interface DataFiles extends Serializable {

  /**
   * Opens a file. A retried or a speculative task opens the same again: each gets one of its own,
   * and what becomes visible is the one that the batch's prepared record names.
   *
   * @param partitionValues partition column to value as Delta writes it (dates {@code yyyy-MM-dd}),
   *     in the order of the directories; a null value is the null partition
   * @param number from 0; of a batch's files with equal partition values, no two that are published
   *     have the same: a task's index, where each task writes one file for each partition
   * @throws IOException when it can't be opened now
   */
  DataFile create(Map<String, @Nullable String> partitionValues, int number) throws IOException;
}
