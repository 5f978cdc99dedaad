package io.millrace.demo.check;

import io.delta.kernel.data.ArrayValue;
import io.delta.kernel.data.ColumnVector;
import io.delta.kernel.types.ArrayType;
import io.delta.kernel.types.BooleanType;
import io.delta.kernel.types.DataType;
import io.delta.kernel.types.DecimalType;
import io.delta.kernel.types.DoubleType;
import io.delta.kernel.types.IntegerType;
import io.delta.kernel.types.LongType;
import io.delta.kernel.types.StringType;
import io.delta.kernel.types.StructType;
import io.delta.kernel.types.TimestampType;

/** Puts the values of a table's rows into the one form. */
final class VectorRecords {
  private VectorRecords() {}

  static void add(ColumnVector vector, int row, DataType type, CanonicalBytes into) {
    if (vector.isNullAt(row)) {
      into.addNull();
    } else if (type instanceof StructType struct) {
      into.addStruct();
      for (int i = 0; i < struct.length(); i++) {
        add(vector.getChild(i), row, struct.at(i).getDataType(), into);
      }
    } else if (type instanceof ArrayType array) {
      ArrayValue value = vector.getArray(row);
      into.addArray(value.getSize());
      for (int i = 0; i < value.getSize(); i++) {
        add(value.getElements(), i, array.getElementType(), into);
      }
    } else if (type instanceof StringType) {
      into.add(vector.getString(row));
    } else if (type instanceof LongType || type instanceof TimestampType) {
      into.add(vector.getLong(row));
    } else if (type instanceof IntegerType) {
      into.add((long) vector.getInt(row));
    } else if (type instanceof DoubleType) {
      into.add(vector.getDouble(row));
    } else if (type instanceof DecimalType decimal) {
      into.add(vector.getDecimal(row).setScale(decimal.getScale()));
    } else if (type instanceof BooleanType) {
      into.add(vector.getBoolean(row));
    } else {
      throw new IllegalStateException("the checker knows no values of type " + type);
    }
  }
}
