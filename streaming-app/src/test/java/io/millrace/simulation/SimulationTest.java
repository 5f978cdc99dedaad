package io.millrace.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.config.Configurator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/**
 * Thousands of histories of a stream, each made of a seed: {@code -Dsimulation.schedules} says how
 * many, {@code -Dsimulation.steps} how long, {@code -Dsimulation.seed} which is the first.
 */
class SimulationTest {
  private static final int SCHEDULES = Integer.getInteger("simulation.schedules", 1_000);
  private static final int STEPS = Integer.getInteger("simulation.steps", 200);

  /** In so many schedules a safeguard's absence must be noticed. */
  private static final int SCHEDULES_TO_NOTICE = 300;

  private static final int TRACE_LINES = 150;
  private static final ExecutorService THREADS =
      Executors.newCachedThreadPool(
          task -> {
            Thread thread = new Thread(task, "simulated-driver");
            thread.setDaemon(true);
            return thread;
          });
  private static Level level = Level.INFO;

  /** Outages by the thousand are what is wanted here. */
  @BeforeAll
  static void hush() {
    level = LogManager.getLogger("io.millrace").getLevel();
    Configurator.setLevel("io.millrace", Level.OFF);
  }

  @AfterAll
  static void speak() {
    Configurator.setLevel("io.millrace", level);
    THREADS.shutdownNow();
  }

  @Test
  void everythingHoldsInEverySchedule() {
    long first = Long.getLong("simulation.seed", 1);
    for (int i = 0; i < SCHEDULES; i++) {
      long seed = first + i;
      Throwable failure = run(seed, Omission.NOTHING);
      if (failure != null) {
        throw new AssertionError(
            """
            seed %d: %s; again with
            mvn test -pl streaming-app -am -Dtest=SimulationTest#everythingHoldsInEverySchedule \
            -Dsurefire.failIfNoSpecifiedTests=false -Dsimulation.schedules=1 -Dsimulation.seed=%d
            %s"""
                .formatted(seed, failure, seed, String.join("\n", trace(seed, Omission.NOTHING))),
            failure);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "NOTHING")
  void withoutASafeguardSomethingFails(Omission omission) {
    for (long seed = 1; seed <= SCHEDULES_TO_NOTICE; seed++) {
      if (run(seed, omission) != null) {
        return;
      }
    }
    throw new AssertionError(
        "%d schedules hold without %s".formatted(SCHEDULES_TO_NOTICE, omission));
  }

  @Test
  void aSeedSaysAllThatHappens() {
    for (long seed = 1; seed <= 20; seed++) {
      assertThat(trace(seed, Omission.NOTHING))
          .as("seed %d", seed)
          .isEqualTo(trace(seed, Omission.NOTHING));
    }
  }

  private static @Nullable Throwable run(long seed, Omission omission) {
    return failure(new Schedule(seed, omission, THREADS, false));
  }

  /** The last that happens. */
  private static List<String> trace(long seed, Omission omission) {
    Schedule schedule = new Schedule(seed, omission, THREADS, true);
    failure(schedule);
    List<String> trace = schedule.trace();
    return trace.subList(Math.max(0, trace.size() - TRACE_LINES), trace.size());
  }

  private static @Nullable Throwable failure(Schedule schedule) {
    try {
      schedule.run(STEPS);
      return null;
    } catch (Exception e) {
      return e;
    }
  }
}
