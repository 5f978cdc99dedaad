package io.millrace.parquet;

import io.millrace.schema.Field;
import io.millrace.schema.Type;
import io.millrace.vector.RecordBatch;
import java.util.ArrayList;
import java.util.List;

/** The writers of all leaf columns, and the nodes above them. */
final class ColumnTree {
  private final ParquetOptions options;
  private final PageFormat format;
  private final Blocks.Pool pool;
  private final Bytes encoded = new Bytes();
  private final List<ColumnWriter> writers = new ArrayList<>();
  private final Levels root = new Levels(0, 0);
  private final List<ColumnNode> nodes;

  ColumnTree(Type.Struct schema, ParquetOptions options, PageFormat format, Blocks.Pool pool) {
    this.pool = pool;
    this.options = options;
    this.format = format;
    this.nodes = children(schema, List.of(), 0, 0);
  }

  /** In the order of the schema. */
  List<ColumnWriter> writers() {
    return writers;
  }

  /** The top-level fields, in the order of the schema. */
  List<ColumnNode> nodes() {
    return nodes;
  }

  void append(RecordBatch batch) {
    root.allLive(batch.rows());
    byte[] arena = batch.arena().bytes();
    for (int i = 0; i < nodes.size(); i++) {
      nodes.get(i).append(root, batch.columns().get(i), arena);
    }
  }

  /** Begins another file; no row group is open. */
  void beginFile() {
    nodes.forEach(ColumnNode::beginFile);
  }

  /** About as many bytes as the columns have on the heap, without blocks of the pool. */
  long memoryBytes() {
    long sum = 0;
    for (int i = 0; i < writers.size(); i++) {
      sum += writers.get(i).memoryBytes();
    }
    return sum;
  }

  /** Gives back what grew with the values; to be called between row groups. */
  void release() {
    writers.forEach(ColumnWriter::release);
  }

  private List<ColumnNode> children(
      Type.Struct struct, List<String> path, int definition, int repetition) {
    List<ColumnNode> children = new ArrayList<>();
    for (Field field : struct.fields()) {
      children.add(
          node(field.type(), field.nullable(), below(path, field.name()), definition, repetition));
    }
    return List.copyOf(children);
  }

  private ColumnNode node(
      Type type, boolean nullable, List<String> path, int definition, int repetition) {
    int own = nullable ? definition + 1 : definition;
    if (type instanceof Type.Struct struct) {
      return new ColumnNode.Group(
          new Levels(own, repetition), children(struct, path, own, repetition));
    }
    if (type instanceof Type.Array array) {
      ColumnNode element =
          node(
              array.element(),
              array.containsNull(),
              below(path, "list", "element"),
              own + 1,
              repetition + 1);
      return new ColumnNode.Repeated(new Levels(own + 1, repetition + 1), nullable, element);
    }
    if (type instanceof Type.Map map) {
      Levels entries = new Levels(own + 1, repetition + 1);
      ColumnNode key =
          leaf(
              Type.Primitive.STRING,
              false,
              below(path, "key_value", "key"),
              own + 1,
              repetition + 1);
      ColumnNode value =
          node(
              map.value(),
              map.valueContainsNull(),
              below(path, "key_value", "value"),
              own + 1,
              repetition + 1);
      return new ColumnNode.Repeated(
          entries,
          nullable,
          new ColumnNode.Group(new Levels(own + 1, repetition + 1), List.of(key, value)));
    }
    return leaf(type, nullable, path, own, repetition);
  }

  private ColumnNode leaf(
      Type type, boolean nullable, List<String> path, int definition, int repetition) {
    Column column = new Column(path, FileSchema.physical(type), definition, repetition, nullable);
    ColumnWriter writer = new ColumnWriter(column, encoder(type), options, format, pool, encoded);
    writers.add(writer);
    return new ColumnNode.Leaf(writer);
  }

  private ValueEncoder encoder(Type type) {
    boolean all = options.encodings() == ParquetOptions.Encodings.ALL;
    DictionaryJudge judge = new DictionaryJudge(options.dictionaryBytes());
    return switch (FileSchema.physical(type)) {
      case BOOLEAN -> new BooleanEncoder(all);
      case INT32, INT64, FLOAT, DOUBLE ->
          new NumberEncoder(FileSchema.physical(type), all, format, judge);
      case FIXED_LEN_BYTE_ARRAY ->
          new BinaryEncoder(BinaryEncoder.Form.FIXED, BinaryRange.Kind.NUMBER, judge);
      case BYTE_ARRAY ->
          new BinaryEncoder(
              all ? BinaryEncoder.Form.LENGTHS_FIRST : BinaryEncoder.Form.PLAIN,
              type == Type.Primitive.STRING ? BinaryRange.Kind.TEXT : BinaryRange.Kind.BYTES,
              judge);
      case INT96 -> throw new IllegalStateException("never written");
    };
  }

  private static List<String> below(List<String> path, String... names) {
    List<String> result = new ArrayList<>(path);
    result.addAll(List.of(names));
    return List.copyOf(result);
  }
}
