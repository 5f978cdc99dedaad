package io.millrace.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.app.config.AppConfig;
import io.millrace.convert.EnvironmentException;
import io.millrace.metrics.HealthCheck;
import io.millrace.queue.QueueException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StreamHealthTest {
  private static final Instant NOON = Instant.parse("2026-11-01T12:00:00Z");
  private static final AppConfig.Monitoring LIMITS =
      new AppConfig.Monitoring(Optional.empty(), 3, Duration.ofMinutes(5));

  private Instant now = NOON;
  private boolean advancing = true;
  private boolean polling = true;
  private @Nullable Instant lastPoll = NOON;
  private QueueException.@Nullable Kind lastError;
  private Instant lastLook = NOON;
  private final BatchTries tries = new BatchTries(() -> now);
  private final StreamHealth health =
      new StreamHealth(
          LIMITS,
          () -> now,
          () -> advancing,
          tries::status,
          () -> polling,
          () -> lastPoll,
          () -> lastError,
          () -> lastLook);

  @BeforeEach
  void allIsWellAtFirst() {
    assertThat(troubles()).isEmpty();
  }

  @Test
  void aQueryThatDoesNotRunIsTrouble() {
    advancing = false;
    assertThat(troubles()).isEqualTo(Map.of("query", "the query is not running"));
  }

  @Test
  void triesThatFailInARowAreTroubleUntilOneDoesNot() {
    tries.failed(new IOException("S3 does not answer"));
    now = NOON.plusSeconds(60);
    tries.failed(new IOException("S3 does not answer"));
    assertThat(troubles()).isEmpty();
    tries.failed(new IOException("S3 does not answer"));
    assertThat(troubles())
        .isEqualTo(
            Map.of(
                "batches",
                "3 tries in a row have failed since 2026-11-01T12:00:00Z; the log says why, and it"
                    + " is tried again"));
    assertThat(tries.succeeded()).isPresent();
    assertThat(troubles()).isEmpty();
    assertThat(tries.status().failures()).isEqualTo(3);
  }

  @Test
  void whatAllObjectsHaveInCommonIsSaid() {
    for (int i = 0; i < LIMITS.maxFailedBatches(); i++) {
      tries.failed(new EnvironmentException("S3 does not accept the credentials", null));
    }
    assertThat(troubles().get("batches"))
        .isEqualTo(
            "3 tries in a row have failed since 2026-11-01T12:00:00Z; S3 does not accept the"
                + " credentials, and it is tried again");
  }

  @Test
  void aQueueThatDoesNotAnswerIsTroubleBeyondTheLimit() {
    lastLook = NOON.plusSeconds(301);
    now = NOON.plusSeconds(300);
    assertThat(troubles()).isEmpty();
    now = NOON.plusSeconds(301);
    assertThat(troubles())
        .isEqualTo(
            Map.of(
                "queue",
                "the queue has not answered since 2026-11-01T12:00:00Z; it is tried again"));
    lastError = QueueException.Kind.ACCESS_DENIED;
    assertThat(troubles().get("queue"))
        .startsWith("the queue (access-denied) has not answered since");
    lastPoll = null;
    assertThat(troubles()).containsOnlyKeys("queue");
    polling = false;
    assertThat(troubles()).isEmpty();
  }

  @Test
  void aLedgerThatDoesNotAnswerIsTroubleBeyondTheLimit() {
    now = NOON.plusSeconds(301);
    lastPoll = now;
    assertThat(troubles())
        .isEqualTo(
            Map.of(
                "ledger",
                "the ledger has not answered since 2026-11-01T12:00:00Z; it is tried again"));
  }

  private Map<String, String> troubles() {
    Map<String, String> troubles = new TreeMap<>();
    for (HealthCheck check : health.checks()) {
      check.trouble().get().ifPresent(trouble -> troubles.put(check.name(), trouble));
    }
    return troubles;
  }
}
