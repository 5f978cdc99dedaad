package io.millrace.sink;

import io.millrace.convert.Conversion;
import io.millrace.ledger.Arrival;
import io.millrace.ledger.Ledger;
import io.millrace.ledger.OnOverwrite;
import io.millrace.ledger.Outcome;
import io.millrace.ledger.Outcome.Kind;
import io.millrace.ledger.PreparedBatch;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Decides by what the ledger knows which arrivals a batch has, which of them are read, and which
 * rows its commit replaces.
 */
public final class BatchPlan {
  private final Ledger ledger;
  private final OnOverwrite onOverwrite;
  private final End end;

  /** Bounds batches. */
  public interface End {
    /** Everything at once. */
    End UNBOUNDED = (from, to) -> to;

    /** Where a batch that begins behind {@code from} ends, {@code to} at the latest. */
    long of(long from, long to);
  }

  public BatchPlan(Ledger ledger, OnOverwrite onOverwrite, End end) {
    this.ledger = ledger;
    this.onOverwrite = onOverwrite;
    this.end = end;
  }

  /**
   * The last ordinal of a batch that begins with {@code first}. It is less than {@code to} where
   * that was planned by a faster cluster, or under other limits: Spark's checkpoint remembers such
   * a plan, and it is done in several batches.
   */
  long end(long first, long to) {
    return Math.max(first, end.of(first - 1, to));
  }

  /**
   * A batch's arrivals, divided.
   *
   * @param all every arrival of the range, ascending
   * @param toRead those that are to be converted, ascending
   */
  record Parts(List<Arrival> all, List<Arrival> toRead) {}

  Parts divide(List<Arrival> arrivals) {
    return new Parts(arrivals, arrivals.stream().filter(this::isToBeRead).toList());
  }

  /**
   * All that the commit needs.
   *
   * @throws IllegalStateException when the engine left an arrival without an outcome, or made one
   *     up
   */
  PreparedBatch prepared(long first, long to, int attempt, Parts parts, Conversion conversion) {
    Map<Long, Outcome> made = new HashMap<>();
    conversion.outcomes().forEach(outcome -> made.put(outcome.ordinal(), outcome));
    List<Outcome> outcomes = new ArrayList<>();
    List<Arrival> converted = new ArrayList<>();
    for (Arrival arrival : parts.all()) {
      Outcome outcome = outcome(arrival, made.remove(arrival.ordinal()), parts);
      outcomes.add(outcome);
      if (outcome.kind() == Kind.CONVERTED) {
        converted.add(arrival);
      }
    }
    if (!made.isEmpty()) {
      throw new IllegalStateException(
          "the engine made outcomes for arrivals that it was not given: " + made.keySet());
    }
    return new PreparedBatch(
        first,
        to,
        attempt,
        outcomes,
        conversion.files(),
        conversion.quarantineFiles(),
        List.copyOf(ledger.replacedBy(converted)));
  }

  private boolean isToBeRead(Arrival arrival) {
    if (arrival.bornSuperseded()) {
      return false;
    }
    return onOverwrite != OnOverwrite.REPLACE || ledger.isNewest(arrival);
  }

  private Outcome outcome(Arrival arrival, @Nullable Outcome made, Parts parts) {
    if (made == null) {
      if (parts.toRead().contains(arrival)) {
        throw new IllegalStateException(
            "the engine left arrival %d without an outcome".formatted(arrival.ordinal()));
      }
      return Outcome.without(arrival.ordinal(), Kind.SUPERSEDED, null);
    }
    boolean overwritten = made.kind() == Kind.CHANGED && !ledger.isNewest(arrival);
    return overwritten ? Outcome.without(arrival.ordinal(), Kind.SUPERSEDED, null) : made;
  }
}
