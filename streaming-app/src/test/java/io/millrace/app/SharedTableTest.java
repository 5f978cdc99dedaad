package io.millrace.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.delta.tables.DeltaTable;
import io.millrace.localstack.LocalStack;
import io.millrace.testing.Landing;
import io.millrace.testing.TestSpark;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FileUtil;
import org.apache.spark.SparkFileNotFoundException;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.delta.DeltaLog;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Others work on the table while the stream does. */
class SharedTableTest {
  private static final int ROUNDS = 3;
  private static final Duration PATIENCE = Duration.ofMinutes(8);

  @TempDir Path folder;
  private final LocalStack stack = LocalStack.shared();
  private final SparkSession spark = TestSpark.session();
  private Landing landing;

  @BeforeEach
  void prepare() {
    landing = new Landing(stack, folder);
  }

  @Test
  void othersCompactDeleteAndVacuumWhileObjectsArriveAndAreOverwritten() throws Exception {
    landing.put("in/doomed.json", ids("doomed", 50));
    landing.put("in/rewritten.json", ids("version-0", 20));
    AvailableRun.of(landing, Map.of(), spark);
    SparkSession other = spark.newSession();
    other.conf().set("spark.databricks.delta.retentionDurationCheck.enabled", "false");
    CompletableFuture<Integer> others;
    try (RunningApplication application =
        RunningApplication.start(landing.config(Landing.continuous()), spark)) {
      others = CompletableFuture.supplyAsync(() -> disturb(other));
      int version = 0;
      while (!others.isDone()) {
        landing.land(2, 30);
        version++;
        landing.put("in/rewritten.json", ids("version-" + version, 20));
        String newest = "version-%d#0".formatted(version);
        await()
            .atMost(PATIENCE)
            .pollInterval(Duration.ofSeconds(1))
            .ignoreException(SparkFileNotFoundException.class)
            .until(() -> landing.rows(spark).contains(newest));
      }
      TreeSet<String> expected = new TreeSet<>(landing.landed());
      for (int i = 0; i < 20; i++) {
        expected.add("version-%d#%d".formatted(version, i));
      }
      await()
          .atMost(PATIENCE)
          .pollInterval(Duration.ofSeconds(1))
          .untilAsserted(
              () -> {
                assertThat(application.query().exception().isEmpty()).isTrue();
                assertThat(landing.rows(spark)).isEqualTo(List.copyOf(expected));
              });
    }
    assertThat(others.get()).isEqualTo(ROUNDS);
    assertThat(operations()).contains("OPTIMIZE", "DELETE", "VACUUM END");
  }

  @Test
  void aColumnThatIsAddedUnderWayEndsTheApplicationWithTheDifference() throws Exception {
    landing.land(1, 10);
    AvailableRun.of(landing, Map.of(), spark);
    spark.sql("ALTER TABLE delta.`%s` ADD COLUMNS (extra INT)".formatted(landing.table()));
    landing.land(1, 10);

    assertThatThrownBy(() -> AvailableRun.of(landing, Map.of(), spark))
        .hasMessageContaining("extra")
        .hasMessageContaining("change the configuration, or give the stream another table");

    assertThat(landing.rows(spark)).hasSize(10);
  }

  @Test
  void aTableThatWasMadeAnewIsFilledAgain() throws Exception {
    landing.land(2, 10);
    AvailableRun.of(landing, Map.of(), spark);
    FileUtil.fullyDelete(new File(landing.table()));
    DeltaLog.clearCache(); // another process made it
    landing.land(1, 10);

    AvailableRun.of(landing, Map.of(), spark);

    landing.assertArrived(spark);
  }

  @Test
  void aLedgerFromABackupOlderThanTheTableIsRefusedWithTheRemedy() throws Exception {
    Path ledger = folder.resolve("ledger");
    landing.land(1, 10);
    AvailableRun.of(landing, Map.of(), spark);
    copyTree(ledger, folder.resolve("backup"));
    landing.land(1, 10);
    AvailableRun.of(landing, Map.of(), spark);
    FileUtil.fullyDelete(ledger.toFile());
    copyTree(folder.resolve("backup"), ledger);
    landing.land(1, 10);

    assertThatThrownBy(() -> AvailableRun.of(landing, Map.of(), spark))
        .hasMessageContaining("do not belong together")
        .hasMessageContaining("Restore both to the same time, or give the stream a new ledger");
  }

  @Test
  void whatARestoredTableHasLostStaysLostAndTheStreamGoesOn() throws Exception {
    landing.land(1, 10);
    AvailableRun.of(landing, Map.of(), spark);
    DeltaTable table = DeltaTable.forPath(spark, landing.table());
    long version = table.history(1).head().getLong(0);
    landing.put("in/lost.json", ids("lost", 10));
    AvailableRun.of(landing, Map.of(), spark);
    table.restoreToVersion(version);
    landing.land(1, 10);

    AvailableRun.of(landing, Map.of(), spark);

    landing.assertArrived(spark);
  }

  private static void copyTree(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(from.relativize(file).toString()));
      }
    }
  }

  /** Somebody else's maintenance, again and again; returns how often all of it was done. */
  private int disturb(SparkSession other) {
    String table = "delta.`" + landing.table() + "`";
    for (int round = 0; round < ROUNDS; round++) {
      String range = "doomed#%d".formatted(round);
      retryingConflicts(() -> other.sql("DELETE FROM %s WHERE id = '%s'".formatted(table, range)));
      retryingConflicts(
          () -> DeltaTable.forPath(other, landing.table()).optimize().executeCompaction());
    }
    retryingConflicts(() -> other.sql("DELETE FROM %s WHERE id LIKE 'doomed%%'".formatted(table)));
    // An hour is longer than a batch takes, which is what VACUUM has to leave.
    other.sql("VACUUM %s RETAIN 1 HOURS".formatted(table));
    return ROUNDS;
  }

  /** The other writer takes its chances as any writer of a Delta table does. */
  private static void retryingConflicts(Runnable command) {
    for (int tries = 0; ; tries++) {
      try {
        command.run();
        return;
      } catch (io.delta.exceptions.DeltaConcurrentModificationException e) {
        if (tries == 20) {
          throw e;
        }
      }
    }
  }

  private List<String> operations() {
    List<String> operations = new ArrayList<>();
    DeltaTable.forPath(spark, landing.table())
        .history()
        .select("operation")
        .collectAsList()
        .forEach(row -> operations.add(row.getString(0)));
    return operations;
  }

  private static String ids(String name, int count) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < count; i++) {
      text.append("{\"id\":\"%s#%d\"}\n".formatted(name, i));
    }
    return text.toString();
  }
}
