package io.millrace.convert;

import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/**
 * Lets pass the first malformed records of an object, and then reads no further.
 *
 * @param quotas by ordinal; a task is of one object
 * @param kept counts what passes
 */
record KeepSome(Map<Long, Quota> quotas, OrdinalCounter kept)
    implements FlatMapFunction<Iterator<Row>, Row> {

  @Override
  public Iterator<Row> call(Iterator<Row> rows) {
    return new First(rows);
  }

  /** The rows of {@link QuarantineLayout}. */
  private final class First implements Iterator<Row> {
    private final Iterator<Row> rows;
    private @Nullable Row next;
    private boolean over;
    private Quota counted = Quota.NONE;

    First(Iterator<Row> rows) {
      this.rows = rows;
    }

    @Override
    public boolean hasNext() {
      if (next == null && !over) {
        next = within();
        over = next == null;
      }
      return next != null;
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

    private @Nullable Row within() {
      if (!rows.hasNext()) {
        return null;
      }
      Row row = rows.next();
      long ordinal = row.getAs(RowLayout.ORDINAL);
      Quota quota = quotas.get(ordinal);
      if (quota == null) {
        throw new IllegalStateException("arrival " + ordinal + " has no quota");
      }
      counted = counted.plusRecord(row.<Long>getAs(QuarantineLayout.KEPT_SIZE));
      if (!counted.isWithin(quota)) {
        return null;
      }
      kept.add(ordinal);
      return row;
    }
  }
}
