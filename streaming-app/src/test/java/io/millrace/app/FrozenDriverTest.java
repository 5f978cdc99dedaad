package io.millrace.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.delta.tables.DeltaTable;
import io.millrace.localstack.InjectedFault;
import io.millrace.localstack.LocalStack;
import io.millrace.localstack.control.Fault;
import io.millrace.localstack.control.RequestMatch;
import io.millrace.testing.Landing;
import io.millrace.testing.TestSpark;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * An application that stands still, as on a machine that is paused or short of memory, while
 * another one takes its stream over, and then goes on as if nothing had happened.
 */
class FrozenDriverTest {
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  @TempDir Path folder;
  private final LocalStack stack = LocalStack.shared();
  private final SparkSession spark = TestSpark.session();
  private Landing landing;
  private String state;

  @BeforeEach
  void prepare() {
    state = stack.createBucket("state");
    landing = new Landing(stack, folder).keepingStateIn("s3://" + state);
  }

  /** Where it is when it freezes, its request on the way. */
  private enum Moment {
    READING {
      @Override
      RequestMatch request(FrozenDriverTest test) {
        return RequestMatch.s3("GET", test.landing.bucket());
      }
    },
    PREPARING {
      @Override
      RequestMatch request(FrozenDriverTest test) {
        return RequestMatch.s3("PUT", test.state).withKeyPrefix("ledger/prepared");
      }
    },
    COMMITTING {
      @Override
      RequestMatch request(FrozenDriverTest test) {
        return RequestMatch.s3("PUT", test.state).withKeyPrefix("table/_delta_log");
      }
    };

    abstract RequestMatch request(FrozenDriverTest test);
  }

  @ParameterizedTest
  @EnumSource(Moment.class)
  void anOldDriverThatWakesInsideABatchPastEverythingEndsWithoutAFight(Moment moment)
      throws Exception {
    landing.land(1, 10);
    try (ApplicationProcess old = start()) {
      old.awaitAllArrived(landing, spark);
      try (ApplicationProcess current = takeOverFrom(old, moment)) {
        assertThatItEnds(old, current);
      }
    }
  }

  /** Freezes the old one; the answer to its request comes when another has passed it by. */
  private ApplicationProcess takeOverFrom(ApplicationProcess old, Moment moment) throws Exception {
    try (InjectedFault stall = stack.inject(Fault.stall(moment.request(this), 0).atMost(1))) {
      landing.land(2, 10);
      stall.awaitHits(1, PATIENCE);
      old.freeze();
      ApplicationProcess current = start();
      passTheOldOneBy(current);
      return current;
    }
  }

  @Test
  void anOldDriverThatWakesBetweenBatchesEndsWithoutAFight() throws Exception {
    landing.land(2, 10);
    try (ApplicationProcess old = start()) {
      old.awaitAllArrived(landing, spark);
      old.freeze();
      try (ApplicationProcess current = start()) {
        passTheOldOneBy(current);
        assertThatItEnds(old, current);
      }
    }
  }

  /** Takeover, batches, compaction. */
  private void passTheOldOneBy(ApplicationProcess current) {
    for (int batch = 0; batch < 3; batch++) {
      landing.land(1, 10);
      current.awaitAllArrived(landing, spark);
    }
    DeltaTable.forPath(spark, landing.table()).optimize().executeCompaction();
  }

  private void assertThatItEnds(ApplicationProcess old, ApplicationProcess current)
      throws Exception {
    old.wake();
    assertThat(old.awaitExit()).as(old.log()).isZero();
    assertThat(old.log()).contains("has taken the stream over");
    landing.land(2, 10);
    current.awaitAllArrived(landing, spark);
    assertThat(current.isAlive()).as(current.log()).isTrue();
  }

  private ApplicationProcess start() throws Exception {
    return ApplicationProcess.start(landing, Landing.continuous());
  }
}
