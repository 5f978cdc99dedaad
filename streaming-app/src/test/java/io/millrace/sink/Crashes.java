package io.millrace.sink;

import org.jspecify.annotations.Nullable;

/**
 * Ends a process at one of its calls to the outside world: before the call has an effect, or after
 * it.
 *
 * <p>Calls are counted from 1, one after the other whatever their threads. A call that has no
 * effect of its own, such as a read, counts too.
 */
final class Crashes {
  private int calls;
  private int crashAt = Integer.MAX_VALUE;
  private boolean afterwards;
  private @Nullable Runnable accident;
  private Runnable watch = () -> {};

  /** The process is no more; nothing in it may catch this. */
  static final class Crash extends Error {
    Crash(String call) {
      super(call, null, false, false);
    }
  }

  /** Something outside. */
  interface Call<T> {
    T run() throws java.io.IOException;
  }

  /** From now on the {@code call}-th call is the last one. */
  void at(int call, boolean afterEffect) {
    calls = 0;
    crashAt = call;
    afterwards = afterEffect;
    accident = null;
  }

  /** At the {@code call}-th call from now the process pauses, and something else happens. */
  void pauseAt(int call, boolean afterEffect, Runnable meanwhile) {
    at(call, afterEffect);
    accident = meanwhile;
  }

  /** From now on nothing goes wrong. */
  void never() {
    crashAt = Integer.MAX_VALUE;
    accident = null;
  }

  /** Looks at the world after each call. */
  void watch(Runnable onlooker) {
    watch = onlooker;
  }

  <T> T call(String name, Call<T> call) throws java.io.IOException {
    boolean struck;
    boolean after;
    synchronized (this) {
      struck = ++calls == crashAt;
      after = afterwards;
    }
    if (struck && !after) {
      strike("before " + name);
    }
    T result = once(call);
    if (struck && after) {
      strike("after " + name);
    }
    return result;
  }

  private synchronized <T> T once(Call<T> call) throws java.io.IOException {
    T result = call.run();
    watch.run();
    return result;
  }

  /** Without a lock: what happens meanwhile makes calls of its own, on other threads too. */
  private void strike(String where) {
    Runnable meanwhile = accident;
    if (meanwhile == null) {
      throw new Crash(where);
    }
    meanwhile.run();
  }
}
