package io.millrace.convert;

import io.millrace.ledger.OutputFile;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a task tells the driver.
 *
 * @param files of the main table
 * @param malformedFiles of the quarantine
 * @param counts by ordinal, of the objects that the files have records of
 * @param kept by ordinal, how many malformed records are in the quarantine's files
 * @param troubles of objects that the files have nothing of
 * @param environment what is out of order without an object that is to blame; then the rest is
 *     empty
 */
record TaskResult(
    List<OutputFile> files,
    List<OutputFile> malformedFiles,
    TreeMap<Long, ObjectCounts> counts,
    TreeMap<Long, Long> kept,
    List<ObjectTrouble> troubles,
    @Nullable String environment)
    implements Serializable {

  TaskResult {
    files = List.copyOf(files);
    malformedFiles = List.copyOf(malformedFiles);
    troubles = List.copyOf(troubles);
  }

  static TaskResult of(
      List<OutputFile> files,
      List<OutputFile> malformedFiles,
      Map<Long, ObjectCounts> counts,
      Map<Long, Long> kept,
      List<ObjectTrouble> troubles) {
    return new TaskResult(
        files, malformedFiles, new TreeMap<>(counts), new TreeMap<>(kept), troubles, null);
  }

  static TaskResult outOfOrder(String environment) {
    return new TaskResult(
        List.of(), List.of(), new TreeMap<>(), new TreeMap<>(), List.of(), environment);
  }
}
