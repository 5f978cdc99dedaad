package io.millrace.simulation;

import io.millrace.intake.IntakeTurns;
import io.millrace.ledger.Arrival;
import io.millrace.ledger.Ledger;
import io.millrace.ledger.LedgerRequest;
import io.millrace.ledger.SimulatedLedger;
import io.millrace.notification.Notification;
import io.millrace.notification.Notification.Origin;
import io.millrace.sink.BatchPlan;
import io.millrace.sink.BatchProtocol;
import io.millrace.sink.SimulatedTable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The application's driver: takes the stream over, then receives, converts, answers operators and
 * writes snapshots, all of which may come in between each other as they do on threads.
 */
final class Driver implements Outside {
  private final World world;
  private final String name;
  private final SimulatedProcess process;
  private final DeferredExecutor background = new DeferredExecutor();
  private final List<UUID> nonces = new ArrayList<>();
  private @Nullable Ledger ledger;
  private @Nullable BatchProtocol protocol;
  private @Nullable IntakeTurns intake;
  private boolean receiving;
  private boolean converting;
  private @Nullable RuntimeException failureOfAnotherThread;

  Driver(World world, int number) {
    this.world = world;
    this.name = "driver " + number;
    this.process = new SimulatedProcess(world.threads, this::live);
  }

  SimulatedProcess process() {
    return process;
  }

  /** Whether this process's nonce is that of the ledger's owner. */
  boolean isOwner(UUID owner) {
    return nonces.contains(owner);
  }

  /** Whether nothing that it knows of is left to do. */
  boolean isIdle() {
    Ledger mine = ledger;
    return protocol != null
        && mine != null
        && !converting
        && mine.head() == mine.committed().ordinal();
  }

  private void live() throws IOException, InterruptedException {
    Ledger mine =
        SimulatedLedger.takeOver(
            SimulatedLedger.store(world.ledger.seenBy(this), world.omission != Omission.READ_BACK),
            world.settings,
            new SimulatedLedger.Host(
                world.clock(),
                this::nonce,
                process::pass,
                world.segmentsPerSnapshot,
                background,
                world.omission != Omission.FENCE));
    ledger = mine;
    SimulatedTable table = table(world.table);
    SimulatedTable quarantine = table(world.quarantine);
    BatchProtocol batches =
        new BatchProtocol(
            mine,
            new BatchPlan(mine, world.onOverwrite, BatchPlan.End.UNBOUNDED),
            new SimulatedEngine(world.bucket, this, table, quarantine),
            table,
            quarantine,
            world.clock(),
            report -> {});
    batches.catchUp();
    intake = new IntakeTurns(world.queue.seenBy(this), SimulatedBucket.NAME, mine, world.clock());
    protocol = batches;
    while (true) {
      process.pass();
      work(mine);
      RuntimeException failure = failureOfAnotherThread;
      if (failure != null) {
        throw failure;
      }
    }
  }

  private void work(Ledger mine) throws InterruptedException, IOException {
    int what = world.random.nextInt(20);
    if (what < 9) {
      receive();
    } else if (what < 17) {
      convert(mine);
    } else if (what < 19) {
      answer(mine);
    } else {
      background.runOne();
    }
  }

  private void receive() throws InterruptedException {
    if (receiving || intake == null) {
      return;
    }
    receiving = true;
    try {
      intake.turn();
    } finally {
      receiving = false;
    }
  }

  private void convert(Ledger mine) {
    long committed = mine.committed().ordinal();
    if (converting || protocol == null || mine.head() == committed) {
      return;
    }
    converting = true;
    try {
      protocol.advance(Math.min(mine.head(), committed + 1 + world.random.nextInt(6)));
    } catch (IOException e) {
      world.tell(name + ": the batch is tried again later: " + e.getMessage());
    } finally {
      converting = false;
    }
  }

  private void answer(Ledger mine) throws IOException {
    mine.checkOwner();
    Optional<LedgerRequest> request = mine.nextRequest();
    if (request.isEmpty()) {
      return;
    }
    List<Notification> objects = new ArrayList<>();
    if (request.get().kind().equals("replay")) {
      long ordinal = Long.parseLong(request.get().parameters());
      if (ordinal > mine.head()) {
        mine.checkOwner(); // the request is younger than what this driver knows
        return;
      }
      for (Arrival known : mine.arrivals(ordinal - 1, ordinal)) {
        objects.add(told(known.object(), Origin.REPLAY));
      }
    } else {
      read("list", () -> world.bucket.current())
          .forEach((key, etag) -> objects.add(listed(key, etag)));
    }
    mine.append(objects);
    mine.answer(request.get(), "{}");
  }

  private static Notification told(Notification object, Origin origin) {
    return new Notification(
        object.bucket(),
        object.key(),
        object.versionId(),
        object.etag(),
        object.sequencer(),
        object.sizeBytes(),
        object.eventTime(),
        origin);
  }

  private Notification listed(String key, String etag) {
    return new Notification(
        SimulatedBucket.NAME,
        key,
        world.bucket.versionId(key),
        etag,
        null,
        10,
        world.clock().instant(),
        Origin.LISTING);
  }

  private SimulatedTable table(TableContents contents) {
    return new SimulatedTable(
        contents,
        SimulatedLedger.store(contents.log(this), world.omission != Omission.READ_BACK),
        this,
        world::nonce,
        world.omission != Omission.COMMITTED_OFFSET_CHECK);
  }

  private UUID nonce() {
    UUID nonce = world.nonce();
    nonces.add(nonce);
    return nonce;
  }

  @Override
  public <T> T read(String what, Effect<T> effect) throws IOException {
    pass(what);
    if (world.faults.failsRead()) {
      throw failure(what, "503");
    }
    return effect.happen();
  }

  @Override
  public <T> T write(String what, Effect<T> effect) throws IOException {
    pass(what);
    switch (world.faults.ofWrite()) {
      case FAILED -> throw failure(what, "refused with 503 or 409");
      case LOST -> {
        effect.happen();
        throw failure(what, "the reply is lost");
      }
      case LATE -> {
        world.later(effect::happen);
        throw failure(what, "on its way");
      }
      case NONE -> {}
    }
    return effect.happen();
  }

  private IOException failure(String what, String why) {
    world.tell(name + ": " + what + ": " + why);
    return new IOException(what + ": " + why);
  }

  private void pass(String what) {
    meanwhile(what);
    process.pass();
    if (world.isTraced()) {
      world.tell(name + ": " + what);
    }
  }

  /** What other threads of the driver do while one waits, where it holds no lock of the ledger. */
  private void meanwhile(String what) {
    boolean free =
        !what.startsWith("put segments/")
            && !what.startsWith("get ")
            && !what.startsWith("receive")
            && !what.startsWith("delete");
    if (!free || failureOfAnotherThread != null || world.random.nextInt(6) > 0) {
      return;
    }
    try {
      if (!converting && !receiving && what.startsWith("put ") && ledger != null) {
        convert(ledger);
      } else {
        receive();
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException("nobody interrupts", e);
    } catch (RuntimeException e) {
      failureOfAnotherThread = e; // seen when the thread that waits comes to look
    }
  }
}
