package io.millrace.benchmarks.parquet;

import io.millrace.schema.SchemaParser;
import io.millrace.schema.Type;
import io.millrace.vector.DoubleVector;
import io.millrace.vector.LongVector;
import io.millrace.vector.Vector;

/** Values of one column, by which the writer chooses another encoding each. */
public enum OneColumn {
  /** Of 1,000 different ones, some much more frequent than others. */
  DICTIONARY_TEXTS("STRING", "RLE_DICTIONARY") {
    @Override
    int append(Vector vector, int row, Values values) {
      return text(vector, row, values.add("https://shop.example/item/").add(values.zipf(1000)));
    }
  },
  UNIQUE_TEXTS("STRING", "DELTA_BYTE_ARRAY") {
    @Override
    int append(Vector vector, int row, Values values) {
      return text(vector, row, values.uuid());
    }
  },
  /** Sentences, which compress as prose does. */
  PROSE("STRING", "DELTA_BYTE_ARRAY") {
    @Override
    int append(Vector vector, int row, Values values) {
      return text(vector, row, values.words(6 + values.number(20), " "));
    }
  },
  /** Times that grow by up to a second. */
  SORTED_LONGS("BIGINT", "DELTA_BINARY_PACKED") {
    @Override
    int append(Vector vector, int row, Values values) {
      ((LongVector) vector).append(row, values.later(1_000_000));
      return Long.BYTES;
    }
  },
  RANDOM_LONGS("BIGINT", "PLAIN") {
    @Override
    int append(Vector vector, int row, Values values) {
      ((LongVector) vector).append(row, values.bits());
      return Long.BYTES;
    }
  },
  DOUBLES("DOUBLE", "PLAIN") {
    @Override
    int append(Vector vector, int row, Values values) {
      ((DoubleVector) vector).append(row, values.fraction());
      return Double.BYTES;
    }
  };

  private final String type;
  private final String encoding;

  OneColumn(String type, String encoding) {
    this.type = type;
    this.encoding = encoding;
  }

  Type.Struct schema() {
    return SchemaParser.parse("value " + type);
  }

  /** The encoding that most of the values must have, or something else were measured. */
  String encoding() {
    return encoding;
  }

  /** Appends the next value; returns its bytes. */
  abstract int append(Vector vector, int row, Values values);

  private static int text(Vector vector, int row, Values values) {
    int length = values.length();
    values.to(vector, row);
    return length;
  }
}
