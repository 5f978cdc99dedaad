package io.millrace.simulation;

import io.millrace.ledger.LedgerSettings;
import io.millrace.ledger.OnOverwrite;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Executor;

/** All that outlives a driver, made of a seed. */
final class World {
  static final Duration RETENTION = Duration.ofHours(2);

  final Random random;
  final Omission omission;
  final Executor threads;
  final Faults faults;
  final OnOverwrite onOverwrite;
  final LedgerSettings settings;
  final int segmentsPerSnapshot;
  final SimulatedFiles ledger = new SimulatedFiles();
  final TableContents table = new TableContents();
  final TableContents quarantine = new TableContents();
  final SimulatedQueue queue;
  final SimulatedBucket bucket;
  final Audit audit;
  final List<String> trace = new ArrayList<>();
  private final boolean traced;
  private final List<Runnable> underWay = new ArrayList<>();
  private Instant now = Instant.parse("2026-11-01T12:00:00Z");
  private int requests;

  World(long seed, Omission omission, Executor threads, boolean traced) {
    this.random = new Random(seed * 0x9e3779b97f4a7c15L); // neighbours begin alike otherwise
    this.omission = omission;
    this.threads = threads;
    this.traced = traced;
    this.faults = new Faults(random);
    this.onOverwrite =
        switch (random.nextInt(6)) {
          case 0, 1 -> OnOverwrite.APPEND;
          case 2 -> OnOverwrite.IGNORE;
          default -> OnOverwrite.REPLACE;
        };
    this.settings = new LedgerSettings(onOverwrite, RETENTION, 1024);
    this.segmentsPerSnapshot = random.nextInt(3) == 0 ? 1_000 : 2 + random.nextInt(15);
    this.queue = new SimulatedQueue(random, clock());
    boolean versioned = random.nextInt(3) == 0;
    boolean repeats = onOverwrite != OnOverwrite.APPEND || random.nextBoolean();
    this.bucket = new SimulatedBucket(random, clock(), queue, versioned, repeats);
    this.audit = new Audit(this);
  }

  InstantSource clock() {
    return () -> now;
  }

  void pass(Duration time) {
    now = now.plus(time);
  }

  UUID nonce() {
    return omission == Omission.NONCE
        ? new UUID(0, 0)
        : new UUID(random.nextLong(), random.nextLong());
  }

  /** Has its effect later, if at all. */
  void later(Runnable effect) {
    underWay.add(effect);
  }

  /** Something that was sent long ago has its effect now. */
  void land() {
    if (!underWay.isEmpty()) {
      underWay.remove(random.nextInt(underWay.size())).run();
    }
  }

  void landAll() {
    while (!underWay.isEmpty()) {
      land();
    }
  }

  int nextRequest() {
    return ++requests;
  }

  void tell(String what) {
    if (traced) {
      trace.add(what);
    }
  }

  boolean isTraced() {
    return traced;
  }
}
