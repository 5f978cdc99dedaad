package io.millrace.parquet;

import io.millrace.vector.ListVector;
import io.millrace.vector.StructVector;
import io.millrace.vector.Vector;
import java.util.List;

/** A node of the schema: takes levels from its parent down to the leaf columns below it. */
abstract sealed class ColumnNode {

  /**
   * Appends a batch's entries.
   *
   * @param levels of the parent
   */
  abstract void append(Levels levels, Vector vector, byte[] arena);

  /** Begins another file. */
  abstract void beginFile();

  /** A column of values. */
  static final class Leaf extends ColumnNode {
    private final ColumnWriter writer;

    Leaf(ColumnWriter writer) {
      this.writer = writer;
    }

    ColumnWriter writer() {
      return writer;
    }

    @Override
    void append(Levels levels, Vector vector, byte[] arena) {
      writer.append(levels, vector, arena);
    }

    @Override
    void beginFile() {
      writer.beginFile();
    }
  }

  /** A struct. */
  static final class Group extends ColumnNode {
    private final Levels levels;
    private final List<ColumnNode> children;

    /**
     * @param levels of this node
     */
    Group(Levels levels, List<ColumnNode> children) {
      this.levels = levels;
      this.children = children;
    }

    List<ColumnNode> children() {
      return children;
    }

    @Override
    void append(Levels parent, Vector vector, byte[] arena) {
      List<Vector> vectors = ((StructVector) vector).children();
      levels.structs(parent, vector);
      for (int i = 0; i < vectors.size(); i++) {
        children.get(i).append(levels, vectors.get(i), arena);
      }
    }

    @Override
    void beginFile() {
      children.forEach(ColumnNode::beginFile);
    }
  }

  /** A list, or a map as a list of entries. */
  static final class Repeated extends ColumnNode {
    private final Levels levels;
    private final boolean nullable;
    private final ColumnNode element;

    /** Lists written so far, for statistics that count lists rather than elements. */
    private long lists;

    /**
     * @param levels of the elements
     */
    Repeated(Levels levels, boolean nullable, ColumnNode element) {
      this.levels = levels;
      this.nullable = nullable;
      this.element = element;
    }

    long lists() {
      return lists;
    }

    @Override
    void append(Levels parent, Vector vector, byte[] arena) {
      ListVector list = (ListVector) vector;
      lists += list.count();
      levels.lists(parent, list, nullable);
      element.append(levels, list.element(), arena);
    }

    @Override
    void beginFile() {
      lists = 0;
      element.beginFile();
    }
  }
}
