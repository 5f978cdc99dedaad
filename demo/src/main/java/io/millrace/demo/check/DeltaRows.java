package io.millrace.demo.check;

import io.delta.kernel.Scan;
import io.delta.kernel.Snapshot;
import io.delta.kernel.Table;
import io.delta.kernel.data.ColumnVector;
import io.delta.kernel.data.ColumnarBatch;
import io.delta.kernel.data.FilteredColumnarBatch;
import io.delta.kernel.data.Row;
import io.delta.kernel.defaults.engine.DefaultEngine;
import io.delta.kernel.engine.Engine;
import io.delta.kernel.internal.InternalScanFileUtils;
import io.delta.kernel.internal.data.ScanStateRow;
import io.delta.kernel.types.StructType;
import io.delta.kernel.utils.CloseableIterator;
import io.delta.kernel.utils.FileStatus;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;

/** The rows of one version of a Delta table, read without Spark. */
final class DeltaRows {
  private final Engine engine;
  private final Snapshot snapshot;

  private DeltaRows(Engine engine, Snapshot snapshot) {
    this.engine = engine;
    this.snapshot = snapshot;
  }

  /** Takes one row. */
  interface RowConsumer {
    /**
     * Takes the row's place.
     *
     * @param columns those that were asked for, in that order
     */
    void accept(ColumnVector[] columns, int row);
  }

  /** The table as it is now, also when it is read later. */
  static DeltaRows latest(String path, Configuration hadoop) {
    Engine engine = DefaultEngine.create(hadoop);
    return new DeltaRows(engine, Table.forPath(engine, path).getLatestSnapshot(engine));
  }

  /** Reads all rows. */
  void forEach(StructType columns, RowConsumer consumer) throws IOException {
    Scan scan = snapshot.getScanBuilder(engine).withReadSchema(engine, columns).build();
    Row state = scan.getScanState(engine);
    StructType physical = ScanStateRow.getPhysicalDataReadSchema(engine, state);
    try (CloseableIterator<FilteredColumnarBatch> files = scan.getScanFiles(engine)) {
      while (files.hasNext()) {
        try (CloseableIterator<Row> rows = files.next().getRows()) {
          while (rows.hasNext()) {
            readFile(rows.next(), state, physical, columns, consumer);
          }
        }
      }
    }
  }

  private void readFile(
      Row file, Row state, StructType physical, StructType columns, RowConsumer consumer)
      throws IOException {
    FileStatus status = InternalScanFileUtils.getAddFileStatus(file);
    CloseableIterator<ColumnarBatch> raw =
        engine.getParquetHandler().readParquetFiles(single(status), physical, Optional.empty());
    try (CloseableIterator<FilteredColumnarBatch> batches =
        Scan.transformPhysicalData(engine, state, file, raw)) {
      while (batches.hasNext()) {
        deliver(batches.next(), columns, consumer);
      }
    }
  }

  private static void deliver(
      FilteredColumnarBatch batch, StructType columns, RowConsumer consumer) {
    ColumnarBatch data = batch.getData();
    ColumnVector[] vectors = new ColumnVector[columns.length()];
    for (int i = 0; i < vectors.length; i++) {
      vectors[i] = data.getColumnVector(data.getSchema().indexOf(columns.at(i).getName()));
    }
    Optional<ColumnVector> selection = batch.getSelectionVector();
    for (int row = 0; row < data.getSize(); row++) {
      if (selection.isEmpty() || isSelected(selection.get(), row)) {
        consumer.accept(vectors, row);
      }
    }
  }

  private static boolean isSelected(ColumnVector selection, int row) {
    return !selection.isNullAt(row) && selection.getBoolean(row);
  }

  private static CloseableIterator<FileStatus> single(FileStatus status) {
    Iterator<FileStatus> one = List.of(status).iterator();
    return new CloseableIterator<>() {
      @Override
      public boolean hasNext() {
        return one.hasNext();
      }

      @Override
      public FileStatus next() {
        return one.next();
      }

      @Override
      public void close() {}
    };
  }
}
