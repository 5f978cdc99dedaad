package io.millrace.convert;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Iterator;
import java.util.List;
import java.util.Set;

/** Takes what a table wants to know from the statistics of a file, which are Delta's JSON. */
final class FileStatistics {
  private static final JsonMapper JSON = new JsonMapper();

  private final Set<String> columns;

  /**
   * @param columns of the first level; none for all
   */
  FileStatistics(List<String> columns) {
    this.columns = Set.copyOf(columns);
  }

  /** The statistics without those of other columns. */
  String of(String stats) {
    if (columns.isEmpty()) {
      return stats;
    }
    try {
      JsonNode all = JSON.readTree(stats);
      for (JsonNode part : all) {
        if (part instanceof ObjectNode values) {
          for (Iterator<String> names = values.fieldNames(); names.hasNext(); ) {
            if (!columns.contains(names.next())) {
              names.remove();
            }
          }
        }
      }
      return JSON.writeValueAsString(all);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("statistics are no JSON: " + stats, e);
    }
  }
}
