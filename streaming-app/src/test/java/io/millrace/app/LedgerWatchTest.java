package io.millrace.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.ledger.HadoopLedgerStore;
import io.millrace.ledger.Ledger;
import io.millrace.ledger.LedgerSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LedgerWatchTest {
  @TempDir Path folder;

  @Test
  void whatHasEndedTheIntakeEndsTheStreamThoughNoBatchAsksForIt() throws Exception {
    RuntimeException cause = new IllegalStateException("a recorder has met a defect");

    assertThat(
            told(
                () -> {
                  throw cause;
                }))
        .isSameAs(cause);
  }

  @Test
  void soDoesAnError() throws Exception {
    Error cause = new NoClassDefFoundError("software/amazon/awssdk/Missing");

    assertThat(
            told(
                () -> {
                  throw cause;
                }))
        .hasCause(cause)
        .hasMessageContaining("awssdk/Missing");
  }

  private RuntimeException told(Runnable intake) throws Exception {
    InstantSource clock = InstantSource.system();
    CompletableFuture<RuntimeException> told = new CompletableFuture<>();
    HadoopLedgerStore store = HadoopLedgerStore.open(folder.toString(), new Configuration());
    try (Ledger ledger = Ledger.takeOver(store, "s", LedgerSettings.defaults(), clock);
        LedgerWatch watch =
            new LedgerWatch(ledger, intake, Duration.ofMillis(10), clock, told::complete)) {
      watch.start();
      return told.get(30, TimeUnit.SECONDS);
    }
  }
}
