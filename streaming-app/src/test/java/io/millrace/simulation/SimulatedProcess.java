package io.millrace.simulation;

import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/** A thread that runs only while it is let, and stops at its calls to the outside. */
final class SimulatedProcess {
  private final Semaphore go = new Semaphore(0);
  private final Semaphore done = new Semaphore(0);
  private int calls;
  private boolean killed;
  private boolean ended;
  private @Nullable Throwable failure;

  /** The process is no more; nothing in it may catch this. */
  static final class Killed extends Error {
    private static final long serialVersionUID = 1;

    Killed() {
      super(null, null, false, false);
    }
  }

  /** What it runs. */
  interface Body {
    void run() throws Exception;
  }

  SimulatedProcess(Executor threads, Body body) {
    threads.execute(() -> live(body));
  }

  private void live(Body body) {
    go.acquireUninterruptibly();
    try {
      pass();
      body.run();
    } catch (Killed end) {
      // as it was asked
    } catch (Throwable thrown) {
      failure = thrown;
    } finally {
      ended = true;
      done.release();
    }
  }

  /** Lets it run as far as so many calls go. Called by the one who decides. */
  void run(int most) {
    if (ended) {
      return;
    }
    calls = most;
    go.release();
    done.acquireUninterruptibly();
  }

  /** It ends where it stands. */
  void kill() {
    killed = true;
    run(1);
    if (!ended) {
      throw new IllegalStateException("a process that was killed goes on");
    }
  }

  boolean isEnded() {
    return ended;
  }

  /** What it ended with; null where it returned or was killed. */
  @Nullable Throwable failure() {
    return failure;
  }

  /** Called by the process itself, before each call to the outside. */
  void pass() {
    if (!killed && calls-- == 0) {
      done.release();
      go.acquireUninterruptibly();
      calls--;
    }
    if (killed) {
      throw new Killed();
    }
  }
}
