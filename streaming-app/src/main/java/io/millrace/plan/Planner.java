package io.millrace.plan;

import io.millrace.ledger.Arrival;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Divides a batch among conversion tasks: splits of large objects, packs of small ones. */
public final class Planner {
  /** Opening an object costs as much time as reading so many bytes. */
  public static final long OPEN_COST_BYTES = 1 << 20;

  private final long splitBytes;
  private final Set<Long> indivisible;

  /**
   * Plans by size.
   *
   * @param splitBytes what a task is given at most, unless a single small object costs more
   */
  public Planner(long splitBytes) {
    this(splitBytes, Set.of());
  }

  private Planner(long splitBytes, Set<Long> indivisible) {
    if (splitBytes < 1) {
      throw new IllegalArgumentException("splitBytes must be positive, not " + splitBytes);
    }
    this.splitBytes = splitBytes;
    this.indivisible = Set.copyOf(indivisible);
  }

  /** One that does not split these ordinals' objects, which can be read from the begin only. */
  public Planner withoutSplitting(Set<Long> ordinals) {
    return new Planner(splitBytes, ordinals);
  }

  /** What the plan comes to, with so many tasks. */
  public Division division(int tasks) {
    return new Division(tasks, splitBytes);
  }

  /** Whether an object is more than one task's. */
  public boolean isLarge(Arrival arrival) {
    return arrival.object().sizeBytes() > splitBytes;
  }

  /**
   * The tasks of a batch. Each has either splits of one object, or whole objects.
   *
   * @return each task's splits; every byte of every object is in exactly one split
   */
  public List<List<Split>> plan(List<Arrival> arrivals) {
    List<List<Split>> tasks = new ArrayList<>();
    List<Split> pack = new ArrayList<>();
    long packBytes = 0;
    for (Arrival arrival : arrivals) {
      long size = arrival.object().sizeBytes();
      if (isLarge(arrival)) {
        List<Split> splits =
            indivisible.contains(arrival.ordinal())
                ? List.of(new Split(arrival, 0, size))
                : split(arrival);
        splits.forEach(split -> tasks.add(List.of(split)));
        continue;
      }
      long cost = size + OPEN_COST_BYTES;
      if (!pack.isEmpty() && packBytes + cost > splitBytes) {
        tasks.add(List.copyOf(pack));
        pack.clear();
        packBytes = 0;
      }
      pack.add(new Split(arrival, 0, size));
      packBytes += cost;
    }
    if (!pack.isEmpty()) {
      tasks.add(List.copyOf(pack));
    }
    return tasks;
  }

  /** Pieces of equal size, so that no task has a small rest. */
  private List<Split> split(Arrival arrival) {
    long size = arrival.object().sizeBytes();
    long pieces = (size - 1) / splitBytes + 1;
    long piece = (size - 1) / pieces + 1;
    List<Split> splits = new ArrayList<>();
    long start = 0;
    while (start < size) {
      long end = start + Math.min(piece, size - start);
      splits.add(new Split(arrival, start, end));
      start = end;
    }
    return splits;
  }
}
