package io.millrace.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.ledger.HadoopLedgerStore;
import io.millrace.ledger.Ledger;
import io.millrace.ledger.LedgerSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LedgerWatchTest {
  @TempDir Path folder;

  @Test
  void whatHasEndedTheIntakeEndsTheStreamThoughNoBatchAsksForIt() throws Exception {
    InstantSource clock = InstantSource.system();
    RuntimeException cause = new IllegalStateException("a recorder has met a defect");
    CompletableFuture<RuntimeException> told = new CompletableFuture<>();
    HadoopLedgerStore store = HadoopLedgerStore.open(folder.toString(), new Configuration());
    try (Ledger ledger = Ledger.takeOver(store, "s", LedgerSettings.defaults(), clock);
        LedgerWatch watch =
            new LedgerWatch(
                ledger,
                () -> {
                  throw cause;
                },
                Duration.ofMillis(10),
                clock,
                told::complete)) {
      watch.start();

      assertThat(told).succeedsWithin(Duration.ofSeconds(30)).isSameAs(cause);
    }
  }
}
