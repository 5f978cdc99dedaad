package io.millrace.parquet;

import java.util.List;
import org.apache.parquet.format.Type;

/**
 * A leaf of the file's schema.
 *
 * @param path names from the root's field down
 * @param physical how its values are stored
 * @param maxDefinition the definition level of a value
 * @param maxRepetition how many lists and maps it lies in
 * @param nullable whether the leaf itself, its parents being there, may be missing
 */
record Column(
    List<String> path, Type physical, int maxDefinition, int maxRepetition, boolean nullable) {
  @Override
  public String toString() {
    return String.join(".", path);
  }
}
