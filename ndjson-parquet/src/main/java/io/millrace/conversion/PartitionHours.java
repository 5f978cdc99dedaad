package io.millrace.conversion;

import io.millrace.schema.Type;
import io.millrace.vector.LongVector;
import io.millrace.vector.RecordBatch;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Tells for each row of a batch which hour it belongs to, counted since 1970-01-01T00 on the clock
 * of the time zone.
 */
final class PartitionHours {
  /** The hour of rows without timestamp; later than any that 64 bits of microseconds reach. */
  static final long NULL_HOUR = (1L << 32) - 1;

  /** What Hive, and after it Spark and DuckDB, read as null. */
  private static final String NULL_DIRECTORY = "__HIVE_DEFAULT_PARTITION__";

  private static final long HOUR_MICROS = 3_600_000_000L;
  private static final long SECOND_MICROS = 1_000_000;
  private static final int DAY_HOURS = 24;

  private final Partitioning partitioning;
  private final int column;
  private final ZoneId zone;
  private long[] hours = new long[1024];

  /** Microseconds in which {@link #offsetMicros} holds: from the first, before the second. */
  private long offsetFrom;

  private long offsetUntil;
  private long offsetMicros;

  PartitionHours(Partitioning partitioning, Type.Struct schema) {
    this.partitioning = partitioning;
    column = partitioning.columnIndex(schema);
    boolean isLocal =
        column >= 0 && schema.fields().get(column).type() == Type.Primitive.TIMESTAMP_NTZ;
    zone = isLocal ? ZoneOffset.UTC : partitioning.timeZone();
  }

  /** The hour of rows that have no time but this. */
  long standIn(@Nullable Instant time) {
    return time == null ? NULL_HOUR : partitioning.hour(time);
  }

  /** How many of a finished batch's rows lack the timestamp; none where none is asked for. */
  int lacking(RecordBatch batch) {
    return column < 0 ? 0 : batch.rows() - batch.columns().get(column).count();
  }

  /**
   * The hours of a finished batch's rows, valid until this is called again.
   *
   * @param standIn of the rows that have no timestamp
   */
  long[] of(RecordBatch batch, long standIn) {
    int rows = batch.rows();
    if (hours.length < rows) {
      hours = new long[2 * rows];
    }
    if (column < 0) {
      Arrays.fill(hours, 0, rows, standIn);
      return hours;
    }
    LongVector times = (LongVector) batch.columns().get(column);
    long[] values = times.values();
    if (times.count() == rows) {
      for (int row = 0; row < rows; row++) {
        hours[row] = hour(values[row]);
      }
      return hours;
    }
    Arrays.fill(hours, 0, rows, standIn);
    int index = 0;
    for (int row = 0; row < rows; row++) {
      if (times.isPresent(row)) {
        hours[row] = hour(values[index++]);
      }
    }
    return hours;
  }

  /** The directory of an hour, as Hive lays it out. */
  String directory(long hour) {
    if (hour == NULL_HOUR) {
      return "%s=%s/%s=%s"
          .formatted(
              partitioning.dateColumn(), NULL_DIRECTORY, partitioning.hourColumn(), NULL_DIRECTORY);
    }
    return "%s=%s/%s=%d"
        .formatted(
            partitioning.dateColumn(),
            LocalDate.ofEpochDay(Math.floorDiv(hour, DAY_HOURS)),
            partitioning.hourColumn(),
            Math.floorMod(hour, DAY_HOURS));
  }

  private long hour(long micros) {
    if (micros < offsetFrom || micros >= offsetUntil) {
      findOffset(micros);
    }
    return Math.floorDiv(micros, HOUR_MICROS)
        + Math.floorDiv(Math.floorMod(micros, HOUR_MICROS) + offsetMicros, HOUR_MICROS);
  }

  private void findOffset(long micros) {
    Instant instant = Instant.ofEpochSecond(Math.floorDiv(micros, SECOND_MICROS));
    offsetMicros = zone.getRules().getOffset(instant).getTotalSeconds() * SECOND_MICROS;
    // From this second on, up to the next change of the clock.
    offsetFrom = Math.floorDiv(micros, SECOND_MICROS) * SECOND_MICROS;
    ZoneOffsetTransition change =
        zone.getRules().isFixedOffset() ? null : zone.getRules().nextTransition(instant);
    offsetUntil =
        change == null ? Long.MAX_VALUE : change.getInstant().getEpochSecond() * SECOND_MICROS;
    if (change == null && zone.getRules().isFixedOffset()) {
      offsetFrom = Long.MIN_VALUE;
    }
  }
}
