package io.millrace.localstack.server;

import io.millrace.localstack.control.Fault;
import io.millrace.localstack.control.RequestMatch;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Knows which requests are counted, and which are struck by a fault. Safe for several threads. */
final class Traffic {
  private final Map<Long, Watch> watches = new LinkedHashMap<>();
  private final Map<Long, Active> faults = new LinkedHashMap<>();
  private long lastId;

  /** A fault that strikes a request now; a stall ends with {@code removed}. */
  record Strike(Fault fault, CompletableFuture<@Nullable Void> removed) {}

  private record Watch(RequestMatch match, Map<String, Long> counts) {}

  private static final class Active {
    final Fault fault;
    final CompletableFuture<@Nullable Void> removed = new CompletableFuture<>();
    long seen;
    long hits;

    Active(Fault fault) {
      this.fault = fault;
    }
  }

  synchronized long watch(RequestMatch match) {
    watches.put(++lastId, new Watch(match, new TreeMap<>()));
    return lastId;
  }

  /** How many requests came since the watch began, by operation. */
  synchronized Map<String, Long> counts(long id) {
    Watch watch = watches.get(id);
    if (watch == null) {
      throw new IllegalArgumentException("no such counter: " + id);
    }
    return Map.copyOf(watch.counts());
  }

  synchronized void unwatch(long id) {
    watches.remove(id);
  }

  synchronized long inject(Fault fault) {
    faults.put(++lastId, new Active(fault));
    return lastId;
  }

  synchronized long hits(long id) {
    Active active = faults.get(id);
    if (active == null) {
      throw new IllegalArgumentException("no such fault: " + id);
    }
    return active.hits;
  }

  /** Ends a fault and lets go of the requests that it holds. */
  void remove(long id) {
    Active active;
    synchronized (this) {
      active = faults.remove(id);
    }
    if (active != null) {
      active.removed.complete(null);
    }
  }

  /** Counts a request that has arrived, and says what strikes it. */
  synchronized @Nullable Strike arrived(
      RequestMatch.Service service, String operation, String bucket, String key) {
    for (Watch watch : watches.values()) {
      if (watch.match().matches(service, operation, bucket, key)) {
        watch.counts().merge(operation, 1L, Long::sum);
      }
    }
    for (Active active : faults.values()) {
      Fault fault = active.fault;
      if (active.hits < fault.limit()
          && fault.match().matches(service, operation, bucket, key)
          && active.seen++ >= fault.skip()) {
        active.hits++;
        return new Strike(fault, active.removed);
      }
    }
    return null;
  }
}
