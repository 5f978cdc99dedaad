package io.millrace.plan;

import io.millrace.ledger.Arrival;
import java.util.ArrayList;
import java.util.List;

/** Divides a batch among conversion tasks: splits of large objects, packs of small ones. */
public final class Planner {
  /** Opening an object costs as much time as reading so many bytes. */
  public static final long OPEN_COST_BYTES = 1 << 20;

  private final long splitBytes;

  /**
   * Plans by size.
   *
   * @param splitBytes what a task is given at most, unless a single small object costs more
   */
  public Planner(long splitBytes) {
    if (splitBytes < 1) {
      throw new IllegalArgumentException("splitBytes must be positive, not " + splitBytes);
    }
    this.splitBytes = splitBytes;
  }

  /**
   * The tasks of a batch.
   *
   * @return each task's splits; every byte of every object is in exactly one split
   */
  public List<List<Split>> plan(List<Arrival> arrivals) {
    List<List<Split>> tasks = new ArrayList<>();
    List<Split> pack = new ArrayList<>();
    long packBytes = 0;
    for (Arrival arrival : arrivals) {
      long size = arrival.object().sizeBytes();
      if (size > splitBytes) {
        split(arrival).forEach(split -> tasks.add(List.of(split)));
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
    long pieces = (size + splitBytes - 1) / splitBytes;
    long piece = (size + pieces - 1) / pieces;
    List<Split> splits = new ArrayList<>();
    for (long start = 0; start < size; start += piece) {
      splits.add(new Split(arrival, start, Math.min(size, start + piece)));
    }
    return splits;
  }
}
