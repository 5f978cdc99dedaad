package io.millrace.ledger;

import io.millrace.request.Background;
import java.time.InstantSource;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * What a ledger takes from around it, and what is not the same at each run.
 *
 * @param clock decides nothing but when entries leave the working set
 * @param nonces makes this process's files unlike any other's
 * @param pause waits for about so many milliseconds
 * @param readers how many files are read at once; with 1, on the caller's thread
 * @param snapshots when snapshots are due
 * @param background writes them; ended by {@link Ledger#close}
 * @param fenced what becomes of a process that no longer owns the stream: it must throw
 */
record Surroundings(
    InstantSource clock,
    Supplier<UUID> nonces,
    Pause pause,
    int readers,
    SnapshotPolicy snapshots,
    ExecutorService background,
    Consumer<LedgerFencedException> fenced) {

  /** Waits. */
  interface Pause {
    void ofMillis(long millis) throws InterruptedException;
  }

  /** Those of a process. */
  static Surroundings of(InstantSource clock) {
    return of(
        clock,
        SnapshotPolicy.defaults(),
        Executors.newSingleThreadExecutor(Background.threads("ledger-snapshot")));
  }

  /** The same, with its own idea of when and where snapshots are written. */
  static Surroundings of(
      InstantSource clock, SnapshotPolicy snapshots, ExecutorService background) {
    return new Surroundings(
        clock,
        UUID::randomUUID,
        millis -> Thread.sleep(millis / 2 + ThreadLocalRandom.current().nextLong(millis / 2 + 1)),
        ReadAhead.THREADS,
        snapshots,
        background,
        end -> {
          throw end;
        });
  }
}
