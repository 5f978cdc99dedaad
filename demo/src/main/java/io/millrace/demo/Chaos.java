package io.millrace.demo;

import io.millrace.demo.generate.Pace;
import io.millrace.localstack.LocalStack;
import io.millrace.localstack.RequestCounter;
import io.millrace.localstack.control.RequestMatch;
import java.io.IOException;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * Kills the application with SIGKILL at random moments, as often as it is asked to, and starts it
 * again, now and then without Spark's checkpoint. Objects land in between.
 */
final class Chaos implements Running {
  /** Within so long of a start, or of the first byte that is read after it, comes the kill. */
  private static final Duration LONGEST_START = Duration.ofSeconds(6);

  private static final Duration LONGEST_WORK = Duration.ofSeconds(2);

  /** So long is waited for the application to read something. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private static final Duration LOOK_INTERVAL = Duration.ofMillis(20);

  /** Every so many kills one comes at any moment after the start, however early. */
  private static final int KILLS_PER_EARLY_ONE = 4;

  /** Before every so many restarts the checkpoint is deleted. */
  private static final int RESTARTS_PER_LOST_CHECKPOINT = 3;

  /** Starts the application. */
  interface Start {
    ChildProcess process() throws IOException;
  }

  private final Start start;
  private final LocalStack stack;
  private final Stage stage;
  private final Display display;
  private final int kills;
  private final Random random;
  private final Semaphore mayLand = new Semaphore(0);
  private volatile ChildProcess process;
  private volatile int restarts;
  private volatile boolean ended;
  private volatile @Nullable DemoException failure;

  private Chaos(Start start, LocalStack stack, Stage stage, Display display, int kills, long seed)
      throws IOException {
    this.start = start;
    this.stack = stack;
    this.stage = stage;
    this.display = display;
    this.kills = kills;
    this.random = new Random(seed);
    this.process = start.process();
  }

  /**
   * Starts the application, and the trouble, on a thread of its own.
   *
   * @param kills how many there will be; none is a quiet life
   */
  static Chaos begin(
      Start start, LocalStack stack, Stage stage, Display display, int kills, long seed)
      throws IOException {
    Chaos chaos = new Chaos(start, stack, stage, display, kills, seed);
    Thread thread = new Thread(chaos::run, "chaos");
    thread.setDaemon(true);
    thread.start();
    return chaos;
  }

  /** Lets some of so many objects land after each kill, the last ones behind the last. */
  Pace pace(int objects) {
    int share = Math.max(1, objects / (kills + 1));
    int[] landed = {0};
    return () -> {
      if (++landed[0] % share == 0) {
        mayLand.acquire();
      }
    };
  }

  /** How often it was killed and started again. */
  int restarts() {
    return restarts;
  }

  @Override
  public boolean isAlive() {
    return failure == null && (!ended || process.isAlive());
  }

  @Override
  public DemoException failure() {
    DemoException known = failure;
    return known == null ? process.failure() : known;
  }

  @Override
  public ProcessHandle handle() {
    return process.handle();
  }

  private void run() {
    try {
      for (int kill = 1; kill <= kills; kill++) {
        awaitMoment(kill);
        if (!process.isAlive()) {
          throw process.failure();
        }
        process.kill();
        boolean loses = kill % RESTARTS_PER_LOST_CHECKPOINT == 0;
        if (loses) {
          deleteCheckpoint();
        }
        display.say(
            "  kill %d of %d; the application starts again%s",
            kill, kills, loses ? " without Spark's checkpoint" : "");
        mayLand.release();
        process = start.process();
        restarts = kill;
      }
      mayLand.release(Integer.MAX_VALUE / 2);
    } catch (DemoException e) {
      failure = e;
    } catch (IOException | RuntimeException e) {
      failure = new DemoException("the application can't be killed and started again: " + e, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      ended = true;
    }
  }

  private void awaitMoment(int kill) throws InterruptedException {
    if (kill % KILLS_PER_EARLY_ONE == 0) {
      Thread.sleep(random.nextLong(LONGEST_START.toMillis()));
      return;
    }
    try (RequestCounter reads = stack.count(RequestMatch.s3("GET", stage.bucket()))) {
      long deadline = System.nanoTime() + PATIENCE.toNanos();
      while (reads.total() == 0 && process.isAlive() && System.nanoTime() < deadline) {
        Thread.sleep(LOOK_INTERVAL.toMillis());
      }
    }
    Thread.sleep(random.nextLong(LONGEST_WORK.toMillis()));
  }

  private void deleteCheckpoint() {
    stack
        .s3()
        .listObjectsV2Paginator(r -> r.bucket(stage.lake()).prefix(stage.checkpointPrefix()))
        .contents()
        .stream()
        .map(S3Object::key)
        .forEach(key -> stack.s3().deleteObject(r -> r.bucket(stage.lake()).key(key)));
  }
}
