package io.millrace.conversion;

import static java.util.Objects.requireNonNull;

import io.millrace.schema.Field;
import io.millrace.schema.Type;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How rows are divided among directories: by date and hour of a timestamp.
 *
 * @param column of the schema's first level, TIMESTAMP or TIMESTAMP_NTZ; null where rows have the
 *     time of their object, see {@link RowOrigin#time}
 * @param timeZone in which an instant has its date and hour; a time without zone has them itself
 * @param dateColumn the name of the outer directories, which readers take for a column
 * @param hourColumn the name of the inner ones
 */
public record Partitioning(
    @Nullable String column, ZoneId timeZone, String dateColumn, String hourColumn) {
  private static final int DAY_HOURS = 24;

  public Partitioning {
    requireNonNull(timeZone, "timeZone");
    requireNonNull(dateColumn, "dateColumn");
    requireNonNull(hourColumn, "hourColumn");
  }

  /** By the columns {@code date} and {@code hour}. */
  public Partitioning(String column, ZoneId timeZone) {
    this(requireNonNull(column, "column"), timeZone, "date", "hour");
  }

  /** The hour of an instant, as {@link PartitionHours} counts. */
  long hour(Instant instant) {
    LocalDateTime local = LocalDateTime.ofInstant(instant, timeZone);
    return local.toLocalDate().toEpochDay() * DAY_HOURS + local.getHour();
  }

  /**
   * Where the column is in the schema; -1 where there is none.
   *
   * @throws IllegalArgumentException when it is not there, or not a timestamp, or when a field is
   *     called as a directory is
   */
  int columnIndex(Type.Struct schema) {
    List<String> names = schema.fields().stream().map(Field::name).toList();
    for (String name : names) {
      if (name.equalsIgnoreCase(dateColumn) || name.equalsIgnoreCase(hourColumn)) {
        throw new IllegalArgumentException(
            "the field %s has the name of a partition; rename it, or do not partition"
                .formatted(name));
      }
    }
    if (column == null) {
      return -1;
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
