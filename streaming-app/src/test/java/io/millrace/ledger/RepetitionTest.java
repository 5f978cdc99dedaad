package io.millrace.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.notification.Notification;
import io.millrace.notification.Notification.Origin;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** When the same content again is a repetition, and when it is to be read. */
class RepetitionTest {
  private static final Instant NOON = Instant.parse("2026-11-01T12:00:00Z");

  private final MemoryLedgerStore store = new MemoryLedgerStore();

  @Test
  void aRetriedPutThatIsOverwrittenInTheSameAppendIsKnownAfterARestart() {
    Ledger ledger = with(OnOverwrite.APPEND);
    ledger.append(List.of(event("k", "e1", "01")));
    ledger.append(List.of(event("k", "e1", "05"), event("k", "e2", "06")));

    assertThat(ledger.append(List.of(event("k", "e1", "05"))).duplicates()).isEqualTo(1);
    assertThat(with(OnOverwrite.APPEND).append(List.of(event("k", "e1", "05"))).duplicates())
        .isEqualTo(1);
  }

  private Ledger with(OnOverwrite policy) {
    return Ledger.takeOver(
        store,
        "s",
        new LedgerSettings(policy, Duration.ofDays(30), 1024),
        InstantSource.fixed(NOON));
  }

  private static Notification event(String key, String etag, @Nullable String sequencer) {
    return new Notification("b", key, null, etag, sequencer, 10, NOON, Origin.EVENT);
  }
}
