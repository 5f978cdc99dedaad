package io.millrace.vector;

import java.util.Arrays;

/**
 * Lists, and maps as lists of entries: the element has a slot for each element.
 *
 * <p>A map's element is a {@link StructVector} of key and value; its slots all have a value.
 */
public final class ListVector extends Vector {
  private final Vector element;
  private int[] ends = new int[FIRST_CAPACITY];

  /** Which elements of another vector a gathering takes. */
  private int[] elements = {};

  ListVector(Vector element) {
    this.element = element;
  }

  public Vector element() {
    return element;
  }

  /**
   * Begins a list at a slot that is not decided yet; {@link #close} ends it.
   *
   * @return the slot of its first element, if it has one
   */
  public int open(int slot) {
    int index = next(slot);
    if (index == ends.length) {
      ends = Arrays.copyOf(ends, 2 * index);
    }
    int first = end(index);
    ends[index] = first;
    return first;
  }

  /** Ends the list that was opened last, before the element slot {@code end}. */
  public void close(int end) {
    ends[count() - 1] = end;
  }

  /** Behind its last element's slot, for each list; the first {@code count()} mean something. */
  public int[] ends() {
    return ends;
  }

  @Override
  void truncateValues(int count) {
    element.truncate(end(count));
  }

  @Override
  void finish() {
    element.fill(end(count()));
    element.finish();
  }

  /** Behind the last element of the first {@code count} lists. */
  private int end(int count) {
    return count == 0 ? 0 : ends[count - 1];
  }

  @Override
  void gatherValues(Vector source, int[] indices, int n) {
    if (n > ends.length) {
      ends = new int[Math.max(n, 2 * ends.length)];
    }
    ListVector from = (ListVector) source;
    int end = 0;
    for (int i = 0; i < n; i++) {
      end += from.ends[indices[i]] - from.end(indices[i]);
      ends[i] = end;
    }
    if (end > elements.length) {
      elements = new int[Math.max(end, 2 * elements.length)];
    }
    int next = 0;
    for (int i = 0; i < n; i++) {
      int first = from.end(indices[i]) - next;
      for (; next < ends[i]; next++) {
        elements[next] = first + next;
      }
    }
    element.gather(from.element, elements, end);
  }
}
