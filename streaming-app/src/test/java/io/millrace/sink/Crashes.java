package io.millrace.sink;

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
  }

  /** From now on nothing goes wrong. */
  void never() {
    crashAt = Integer.MAX_VALUE;
  }

  synchronized <T> T call(String name, Call<T> call) throws java.io.IOException {
    calls++;
    if (calls == crashAt && !afterwards) {
      throw new Crash("before " + name);
    }
    T result = call.run();
    if (calls == crashAt) {
      throw new Crash("after " + name);
    }
    return result;
  }
}
