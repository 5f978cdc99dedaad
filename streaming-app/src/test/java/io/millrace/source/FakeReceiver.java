package io.millrace.source;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An intake that does what the test says when it is asked to take what was sent. */
final class FakeReceiver implements Receiver {
  final List<String> calls = new ArrayList<>();
  Runnable onTake = () -> {};
  boolean drained = true;
  @Nullable RuntimeException failure;

  @Override
  public void start() {
    calls.add("start");
  }

  @Override
  public boolean takeUntil(Instant sentBefore, Duration limit) {
    calls.add("take until " + sentBefore + " within " + limit);
    onTake.run();
    return drained;
  }

  @Override
  public void throwIfFailed() {
    if (failure != null) {
      throw failure;
    }
  }
}
