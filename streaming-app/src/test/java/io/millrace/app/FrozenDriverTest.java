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
import java.util.Optional;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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

  /** Where it is when it freezes. */
  private enum Moment {
    BETWEEN_BATCHES {
      @Override
      Optional<RequestMatch> request(FrozenDriverTest test) {
        return Optional.empty();
      }
    },
    READING {
      @Override
      Optional<RequestMatch> request(FrozenDriverTest test) {
        return Optional.of(RequestMatch.s3("GET", test.landing.bucket()));
      }
    },
    PREPARING {
      @Override
      Optional<RequestMatch> request(FrozenDriverTest test) {
        return Optional.of(RequestMatch.s3("PUT", test.state).withKeyPrefix("ledger/prepared"));
      }
    },
    COMMITTING {
      @Override
      Optional<RequestMatch> request(FrozenDriverTest test) {
        return Optional.of(RequestMatch.s3("PUT", test.state).withKeyPrefix("table/_delta_log"));
      }
    };

    /** The request that is on the way then. */
    abstract Optional<RequestMatch> request(FrozenDriverTest test);
  }

  /** Each application is frozen in its turn, and passed by the next one. */
  @Test
  void anOldDriverThatWakesPastEverythingEndsWithoutAFightWhereverItStood() throws Exception {
    landing.land(1, 10);
    ApplicationProcess old = start();
    try {
      old.awaitAllArrived(landing, spark);
      for (Moment moment : Moment.values()) {
        ApplicationProcess current = takeOverFrom(old, moment);
        try (ApplicationProcess ending = old) {
          old = current;
          assertThatItEnds(ending, current, moment);
        }
      }
    } finally {
      old.close();
    }
  }

  /** Freezes the old one; the answer to its request comes when another has passed it by. */
  private ApplicationProcess takeOverFrom(ApplicationProcess old, Moment moment) throws Exception {
    Optional<RequestMatch> request = moment.request(this);
    if (request.isEmpty()) {
      old.freeze();
      return startAndPassTheOldOneBy();
    }
    try (InjectedFault stall = stack.inject(Fault.stall(request.get(), 0).atMost(1))) {
      landing.land(2, 10);
      stall.awaitHits(1, PATIENCE);
      old.freeze();
      return startAndPassTheOldOneBy();
    }
  }

  /** Takeover, batches, compaction. */
  private ApplicationProcess startAndPassTheOldOneBy() throws Exception {
    ApplicationProcess current = start();
    try {
      for (int batch = 0; batch < 2; batch++) {
        landing.land(1, 10);
        current.awaitAllArrived(landing, spark);
      }
      DeltaTable.forPath(spark, landing.table()).optimize().executeCompaction();
      return current;
    } catch (Throwable e) {
      current.close();
      throw e;
    }
  }

  private void assertThatItEnds(ApplicationProcess old, ApplicationProcess current, Moment moment)
      throws Exception {
    old.wake();
    assertThat(old.awaitExit()).as(moment + "\n" + old.log()).isZero();
    assertThat(old.log()).contains("has taken the stream over");
    landing.land(2, 10);
    current.awaitAllArrived(landing, spark);
    assertThat(current.isAlive()).as(current.log()).isTrue();
  }

  private ApplicationProcess start() throws Exception {
    return ApplicationProcess.start(landing, Landing.continuous());
  }
}
