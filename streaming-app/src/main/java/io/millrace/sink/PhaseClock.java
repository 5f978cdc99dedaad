package io.millrace.sink;

import io.millrace.sink.BatchReport.Phase;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Map;

/** Notes how long each phase of one batch takes. For one thread. */
final class PhaseClock {
  private final InstantSource clock;
  private final long begin;
  private final Map<Phase, Duration> phases = new EnumMap<>(Phase.class);

  /** Work that is a phase, with a result. */
  interface Work<T> {
    T run() throws IOException;
  }

  /** Work that is a phase. */
  interface Step {
    void run() throws IOException;
  }

  PhaseClock(InstantSource clock) {
    this.clock = clock;
    this.begin = clock.millis();
  }

  <T> T time(Phase phase, Work<T> work) throws IOException {
    long began = clock.millis();
    T result = work.run();
    phases.merge(phase, since(began), Duration::plus);
    return result;
  }

  void time(Phase phase, Step step) throws IOException {
    long began = clock.millis();
    step.run();
    phases.merge(phase, since(began), Duration::plus);
  }

  Map<Phase, Duration> phases() {
    return Map.copyOf(phases);
  }

  /** Since this clock was made. */
  Duration total() {
    return since(begin);
  }

  private Duration since(long millis) {
    return Duration.ofMillis(Math.max(0, clock.millis() - millis));
  }
}
