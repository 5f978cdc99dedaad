package io.millrace.vector;

import java.util.List;

/** Structs: a child has a slot for each struct that is there. */
public final class StructVector extends Vector {
  private final List<Vector> children;

  StructVector(List<Vector> children) {
    this.children = List.copyOf(children);
  }

  /** In the order of the type's fields. */
  public List<Vector> children() {
    return children;
  }

  /**
   * Begins a struct at a slot that is not decided yet.
   *
   * @return the slot that its children have for it
   */
  public int open(int slot) {
    return next(slot);
  }

  @Override
  void truncateValues(int count) {
    for (Vector child : children) {
      child.truncate(count);
    }
  }

  @Override
  void finish() {
    for (Vector child : children) {
      child.fill(count());
      child.finish();
    }
  }

  @Override
  void gatherValues(Vector source, int[] indices, int n) {
    List<Vector> from = ((StructVector) source).children;
    for (int i = 0; i < children.size(); i++) {
      children.get(i).gather(from.get(i), indices, n);
    }
  }
}
