package io.millrace.simulation;

import io.millrace.ledger.Arrival;
import io.millrace.ledger.LedgerFencedException;
import io.millrace.ledger.OnOverwrite;
import io.millrace.ledger.SimulatedLedger;
import io.millrace.sink.TableChangedException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** Everything that happens, one step after the other, by a seed. */
final class Schedule {
  /** Drivers that are alive at once, at most. */
  private static final int DRIVERS = 3;

  /** Turns within which a driver that is started has the stream. */
  private static final int TURNS_TO_START = 50;

  /** Turns within which what is left must be done once nothing goes wrong any more. */
  private static final int MOST_TURNS_TO_DRAIN = 2_000;

  private final World world;
  private final List<Driver> drivers = new ArrayList<>();
  private final Map<Driver, Integer> frozen = new HashMap<>();
  private int started;
  private boolean columnsChanged;

  /** With all that happens noted, where {@code traced}. */
  Schedule(long seed, Omission omission, Executor threads, boolean traced) {
    this.world = new World(seed, omission, threads, traced);
  }

  List<String> trace() {
    return world.trace;
  }

  /**
   * Runs the steps, then lets everything come to its end.
   *
   * @throws InvariantException where something does not hold
   */
  void run(int steps) throws IOException {
    try {
      for (int step = 0; step < steps; step++) {
        step();
        look();
      }
      drain();
      world.audit.lookAtTheEnd();
    } finally {
      for (Driver driver : drivers) {
        driver.process().kill();
      }
    }
  }

  private void step() throws IOException {
    frozen.replaceAll((driver, left) -> left - 1);
    frozen.values().removeIf(left -> left <= 0);
    int what = world.random.nextInt(100);
    if (drivers.isEmpty() && what < 80) {
      start();
    } else if (what < 58) {
      run(any());
    } else if (what < 76) {
      world.tell(world.bucket.change());
    } else if (what < 83) {
      world.pass(Duration.ofSeconds(1 + world.random.nextInt(45)));
    } else if (what < 86 && drivers.size() < DRIVERS) {
      start();
    } else if (what < 88) {
      end(any());
    } else if (what < 91) {
      freeze(any());
    } else if (what < 94) {
      (world.random.nextBoolean() ? world.table : world.quarantine)
          .optimize(world.random, world.nonce());
    } else if (what < 96) {
      world.land();
    } else if (what < 98) {
      request();
    } else if (what == 98 && world.random.nextInt(3) == 0) {
      drivers.forEach(driver -> driver.process().kill());
      longAfter();
    } else if (what == 99) {
      world.tell("the table's columns change");
      world.table.changeColumns();
      columnsChanged = true;
    }
  }

  private @Nullable Driver any() {
    return drivers.isEmpty() ? null : drivers.get(world.random.nextInt(drivers.size()));
  }

  private void start() {
    world.tell("driver " + started + " is started");
    drivers.add(new Driver(world, started++));
  }

  private void run(@Nullable Driver driver) {
    if (driver != null && !frozen.containsKey(driver)) {
      int most = world.random.nextInt(3) == 0 ? 60 : 10;
      driver.process().run(1 + world.random.nextInt(most));
    }
  }

  private void end(@Nullable Driver driver) {
    if (driver != null) {
      world.tell("a driver is killed");
      driver.process().kill();
    }
  }

  private void freeze(@Nullable Driver driver) {
    if (driver != null) {
      world.tell("a driver is frozen");
      frozen.put(driver, 5 + world.random.nextInt(60));
    }
  }

  private void request() throws IOException {
    List<Arrival> known = world.audit.arrivals();
    if (known.isEmpty()) {
      return;
    }
    // to what it means to repeat what is appended there is no answer yet
    boolean replay = world.onOverwrite == OnOverwrite.REPLACE && world.random.nextBoolean();
    SimulatedLedger.request(
        world.ledger.all(),
        world.nextRequest(),
        replay ? "replay" : "list",
        replay ? String.valueOf(1 + world.random.nextInt(known.size())) : "{}");
  }

  /** Nothing runs for long; entries are due to leave, and files that nobody sees are deleted. */
  private void longAfter() throws IOException {
    world.tell("long after");
    world.landAll();
    world.audit.look();
    world.pass(World.RETENTION.plusMinutes(5));
    world.table.vacuum();
    world.quarantine.vacuum();
    world.bucket.beginGeneration();
  }

  /** What must hold, and how drivers ended. */
  private void look() throws IOException {
    world.audit.look();
    for (Driver driver : List.copyOf(drivers)) {
      if (driver.process().isEnded()) {
        drivers.remove(driver);
        frozen.remove(driver);
        judge(driver, driver.process().failure());
      }
    }
  }

  private void judge(Driver driver, @Nullable Throwable failure) {
    if (failure == null || failure instanceof IOException) {
      return; // killed, or started while something was out of order
    }
    if (failure instanceof TableChangedException && columnsChanged) {
      return; // it has tried three times, and asks for somebody to look
    }
    if (!(failure instanceof LedgerFencedException)) {
      throw new IllegalStateException("a driver ended with " + failure, failure);
    }
    world.tell("a driver is fenced");
    var owner = world.audit.owner();
    if (owner == null || driver.isOwner(owner)) {
      throw new InvariantException("a driver was fenced that has the stream");
    }
  }

  private void drain() throws IOException {
    world.tell("nothing goes wrong any more");
    world.faults.stop();
    if (world.table.isChanged()) {
      world.table.changeColumns();
    }
    world.queue.calm();
    frozen.clear();
    world.landAll();
    world.audit.look();
    for (int turn = 0; !isDone(); turn++) {
      if (turn == MOST_TURNS_TO_DRAIN) {
        throw new InvariantException("it does not come to an end");
      }
      if (turn % TURNS_TO_START == 0 && drivers.stream().noneMatch(this::isOwner)) {
        start(); // as an operator would: the others have nothing to do, or find out that they may
        // not
      }
      for (Driver driver : List.copyOf(drivers)) {
        driver.process().run(20);
      }
      world.pass(Duration.ofSeconds(20));
      look();
    }
  }

  private boolean isDone() {
    return world.queue.isEmpty()
        && world.audit.committed() == world.audit.arrivals().size()
        && drivers.stream().anyMatch(driver -> isOwner(driver) && driver.isIdle());
  }

  private boolean isOwner(Driver driver) {
    return world.audit.owner() != null && driver.isOwner(world.audit.owner());
  }
}
