package io.millrace.benchmarks.parquet;

import static io.millrace.schema.Type.Primitive.INT;
import static io.millrace.schema.Type.Primitive.LONG;
import static io.millrace.schema.Type.Primitive.STRING;

import io.millrace.schema.Field;
import io.millrace.schema.Type;
import io.millrace.vector.IntVector;
import io.millrace.vector.LongVector;
import io.millrace.vector.RecordBatch;
import io.millrace.vector.Vector;
import java.util.List;

/** Packages on their way: some 105 bytes of JSON each, flat. */
final class Packages implements Shape {
  private static final String[] STATES = {"created", "packed", "sent", "arrived", "returned"};

  private long id = 100_000_000;

  @Override
  public Type.Struct schema() {
    return new Type.Struct(
        List.of(
            Field.of("id", LONG),
            Field.of("name", STRING),
            Field.of("state", STRING),
            Field.of("weight", INT),
            Field.of("depot", INT),
            Field.of("tracking", STRING)));
  }

  @Override
  public void append(RecordBatch batch, Values v) {
    int row = batch.rows();
    List<Vector> columns = batch.columns();
    id += 1 + v.number(3);
    ((LongVector) columns.get(0)).append(row, id);
    v.words(2, "-").to(columns.get(1), row);
    v.add(STATES[v.number(STATES.length)]).to(columns.get(2), row);
    ((IntVector) columns.get(3)).append(row, v.zipf(30_000));
    ((IntVector) columns.get(4)).append(row, v.number(500));
    v.add("1Z").hex(14).to(columns.get(5), row);
    batch.endRow();
  }
}
