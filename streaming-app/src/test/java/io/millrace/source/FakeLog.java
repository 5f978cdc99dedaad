package io.millrace.source;

import io.millrace.ledger.Arrival;
import io.millrace.ledger.Backlog;
import io.millrace.notification.Notification;
import io.millrace.notification.Notification.Origin;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** A ledger in memory, as far as the source sees one. */
final class FakeLog implements ArrivalLog {
  static final Instant FIRST_EVENT = Instant.parse("2026-05-04T03:02:01.123456Z");

  private final UUID id = UUID.randomUUID();
  private final List<Arrival> arrivals = new ArrayList<>();
  private long committed;

  /** Appends arrivals of these sizes. */
  FakeLog append(long... sizes) {
    for (long size : sizes) {
      long ordinal = arrivals.size() + 1L;
      Notification object =
          new Notification(
              "lake",
              "key " + ordinal,
              ordinal % 2 == 0 ? "version " + ordinal : null,
              "etag",
              "00AF",
              size,
              FIRST_EVENT.plusSeconds(ordinal - 1),
              Origin.EVENT);
      arrivals.add(new Arrival(ordinal, object, FIRST_EVENT.plusSeconds(60), ordinal % 3 == 0));
    }
    return this;
  }

  void commit(long ordinal) {
    committed = ordinal;
  }

  @Override
  public UUID id() {
    return id;
  }

  @Override
  public String stream() {
    return "orders";
  }

  @Override
  public long head() {
    return arrivals.size();
  }

  @Override
  public long committed() {
    return committed;
  }

  @Override
  public long admissible(long from, long maxObjects, long maxBytes, long bytesAnObject) {
    long to = from;
    long bytes = 0;
    while (to < head() && to - from < maxObjects) {
      bytes += arrivals.get((int) to).object().sizeBytes() + bytesAnObject;
      if (bytes > maxBytes && to > from) {
        return to;
      }
      to++;
    }
    return to;
  }

  @Override
  public List<Arrival> arrivals(long fromExclusive, long toInclusive) {
    return List.copyOf(arrivals.subList((int) fromExclusive, (int) toInclusive));
  }

  @Override
  public Backlog backlog() {
    List<Arrival> waiting = arrivals.subList((int) committed, arrivals.size());
    return new Backlog(
        waiting.size(),
        waiting.stream().mapToLong(arrival -> arrival.object().sizeBytes()).sum(),
        waiting.isEmpty() ? null : waiting.get(0).object().eventTime());
  }
}
