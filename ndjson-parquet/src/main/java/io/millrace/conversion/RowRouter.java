package io.millrace.conversion;

import io.millrace.vector.RecordBatch;
import java.io.IOException;
import java.util.Arrays;

/** Takes each row of a batch to the file of its partition. */
final class RowRouter {
  private static final int ROW_BITS = 31;
  private static final long ROW_MASK = (1L << ROW_BITS) - 1;

  private final PartitionHours hours;
  private final FileWriters writers;
  private long[] sorted = new long[1024];
  private int[] rows = new int[1024];
  private long lastHour = Long.MIN_VALUE;
  private String lastDirectory = "";

  RowRouter(PartitionHours hours, FileWriters writers) {
    this.hours = hours;
    this.writers = writers;
  }

  /**
   * Appends all rows of a batch.
   *
   * @param standIn the hour of those that have none
   */
  void append(RecordBatch batch, long standIn) throws IOException {
    long[] hourOfRow = hours.of(batch, standIn);
    int count = batch.rows();
    int same = 1;
    while (same < count && hourOfRow[same] == hourOfRow[0]) {
      same++;
    }
    if (same >= count) {
      writers.append(directory(hourOfRow[0]), batch);
      return;
    }
    scatter(batch, hourOfRow, count);
  }

  /** By hour, and for each in the order of rows: an hour has 33 bits, a row 31. */
  private void scatter(RecordBatch batch, long[] hourOfRow, int count) throws IOException {
    if (sorted.length < count) {
      sorted = new long[2 * count];
      rows = new int[2 * count];
    }
    for (int row = 0; row < count; row++) {
      sorted[row] = hourOfRow[row] << ROW_BITS | row;
    }
    Arrays.sort(sorted, 0, count);
    int begin = 0;
    while (begin < count) {
      long hour = sorted[begin] >> ROW_BITS;
      int end = begin;
      while (end < count && sorted[end] >> ROW_BITS == hour) {
        rows[end - begin] = (int) (sorted[end] & ROW_MASK);
        end++;
      }
      writers.append(directory(hour), batch, rows, end - begin);
      begin = end;
    }
  }

  private String directory(long hour) {
    if (hour != lastHour) {
      lastHour = hour;
      lastDirectory = hours.directory(hour) + "/";
    }
    return lastDirectory;
  }
}
