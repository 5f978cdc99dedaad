package io.millrace.source;

import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.connector.read.InputPartition;
import org.apache.spark.sql.connector.read.PartitionReader;
import org.apache.spark.sql.connector.read.PartitionReaderFactory;

/** Rows of a batch, with the values themselves: an executor never reads the ledger. */
record ArrivalPartition(List<ArrivalRow> rows) implements InputPartition {
  ArrivalPartition {
    rows = List.copyOf(rows);
  }

  /** Makes the executor's reader. */
  record ReaderFactory() implements PartitionReaderFactory {
    @Override
    public PartitionReader<InternalRow> createReader(InputPartition partition) {
      return new Reader(((ArrivalPartition) partition).rows());
    }
  }

  private static final class Reader implements PartitionReader<InternalRow> {
    private final List<ArrivalRow> rows;
    private int next;

    Reader(List<ArrivalRow> rows) {
      this.rows = rows;
    }

    @Override
    public boolean next() {
      next++;
      return next <= rows.size();
    }

    @Override
    public InternalRow get() {
      return rows.get(next - 1).internal();
    }

    @Override
    public void close() {}
  }
}
