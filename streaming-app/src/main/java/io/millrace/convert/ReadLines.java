package io.millrace.convert;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.input.DecompressionLimits;
import io.millrace.ledger.Arrival;
import io.millrace.ndjson.RecordSplitter.Line;
import io.millrace.notification.Notification;
import io.millrace.plan.Split;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Timestamp;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.util.CollectionAccumulator;
import org.apache.spark.util.TaskCompletionListener;
import org.jspecify.annotations.Nullable;

/**
 * Reads a task's splits on an executor.
 *
 * <p>An object that can't be read ends its own split only, and is reported: a task that failed
 * would take the rest of the batch with it.
 *
 * @param records counts the lines of each arrival
 * @param bytes counts their lengths, decompressed, line ends and blank lines included
 * @param troubles takes what is wrong with objects
 * @param requests of the task
 */
record ReadLines(
    ObjectStoreSettings store,
    DecompressionLimits decompression,
    int maxRecordBytes,
    OrdinalCounter records,
    OrdinalCounter bytes,
    CollectionAccumulator<ObjectTrouble> troubles,
    TaskRequests requests)
    implements FlatMapFunction<List<Split>, Row> {

  @Override
  public Iterator<Row> call(List<Split> splits) {
    requests.tellAtEnd();
    Rows rows = new Rows(splits.iterator());
    TaskContext.get().addTaskCompletionListener(rows);
    return rows;
  }

  /** The rows of {@link Lines#SCHEMA}, read as they are asked for. */
  private final class Rows implements Iterator<Row>, TaskCompletionListener {
    private final Iterator<Split> splits;
    private @Nullable Split split;
    private @Nullable SplitRecords open;
    private @Nullable Row next;
    private long counted;
    private int unreadable;

    Rows(Iterator<Split> splits) {
      this.splits = splits;
    }

    @Override
    public boolean hasNext() {
      while (next == null) {
        if (split == null) {
          if (!splits.hasNext()) {
            return false;
          }
          split = splits.next();
        }
        next = read(split);
        if (next == null) {
          close();
          split = null;
        }
      }
      return true;
    }

    @Override
    public Row next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      Row row = next;
      next = null;
      return row;
    }

    /** The split's next line, or null behind the last one that can be read. */
    private @Nullable Row read(Split from) {
      try {
        if (open == null) {
          open =
              SplitRecords.open(
                  S3Clients.of(store), from, store.reads(), decompression, maxRecordBytes);
        }
        Line line = open.next();
        bytes.add(from.arrival().ordinal(), open.bytes() - counted);
        counted = open.bytes();
        return line == null ? null : row(from.arrival(), line);
      } catch (ObjectTroubleException e) {
        troubles.add(e.trouble());
        if (e.trouble().reason() == QuarantineReason.UNREADABLE
            && ++unreadable > Preflight.MAX_UNREADABLE) {
          throw new UncheckedIOException(
              new EnvironmentException(
                  "S3 does not deliver: %d objects of one task can't be read (%s)"
                      .formatted(unreadable, e.trouble().detail()),
                  e));
        }
        return null;
      } catch (IOException e) {
        throw new UncheckedIOException(
            "arrival %d, bytes %d to %d: %s"
                .formatted(from.arrival().ordinal(), from.start(), from.end(), e.getMessage()),
            e);
      }
    }

    private Row row(Arrival arrival, Line line) {
      records.add(arrival.ordinal(), 1);
      Notification object = arrival.object();
      return RowFactory.create(
          arrival.ordinal(),
          Timestamp.from(object.eventTime()),
          object.bucket(),
          object.key(),
          object.version(),
          object.sizeBytes(),
          line.offset(),
          line.bytes(),
          isUtf8(line.bytes()));
    }

    /** A string would have replacements in place of what is none. */
    private static boolean isUtf8(byte[] bytes) {
      for (byte b : bytes) {
        if (b < 0) {
          return Arrays.equals(new String(bytes, UTF_8).getBytes(UTF_8), bytes);
        }
      }
      return true;
    }

    /** Also where nobody asked for the last row. */
    @Override
    public void onTaskCompletion(TaskContext context) {
      close();
    }

    private void close() {
      counted = 0;
      try {
        if (open != null) {
          open.close();
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } finally {
        open = null;
      }
    }
  }
}
