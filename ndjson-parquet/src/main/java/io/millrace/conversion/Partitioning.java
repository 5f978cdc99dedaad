package io.millrace.conversion;

import static java.util.Objects.requireNonNull;

import io.millrace.schema.Field;
import io.millrace.schema.Type;
import java.time.ZoneId;
import java.util.List;

/**
 * How rows are divided among directories: by date and hour of a timestamp.
 *
 * @param column of the schema's first level, TIMESTAMP or TIMESTAMP_NTZ
 * @param timeZone in which an instant has its date and hour; a time without zone has them itself
 */
public record Partitioning(String column, ZoneId timeZone) {
  /** The names of the directories, which readers take for columns. */
  public static final List<String> DIRECTORY_COLUMNS = List.of("date", "hour");

  public Partitioning {
    requireNonNull(column, "column");
    requireNonNull(timeZone, "timeZone");
  }

  /**
   * Where the column is in the schema.
   *
   * @throws IllegalArgumentException when it is not there, or not a timestamp, or when a field is
   *     called as a directory is
   */
  int columnIndex(Type.Struct schema) {
    List<String> names = schema.fields().stream().map(Field::name).toList();
    for (String name : names) {
      if (DIRECTORY_COLUMNS.stream().anyMatch(name::equalsIgnoreCase)) {
        throw new IllegalArgumentException(
            "the field %s has the name of a partition; rename it, or do not partition"
                .formatted(name));
      }
    }
    int index = names.indexOf(column);
    if (index < 0) {
      throw new IllegalArgumentException(
          "there is no field %s to partition by; there are %s".formatted(column, names));
    }
    Type type = schema.fields().get(index).type();
    if (type != Type.Primitive.TIMESTAMP && type != Type.Primitive.TIMESTAMP_NTZ) {
      throw new IllegalArgumentException(
          "the field %s is %s; only TIMESTAMP and TIMESTAMP_NTZ have a date and an hour"
              .formatted(column, type));
    }
    return index;
  }
}
