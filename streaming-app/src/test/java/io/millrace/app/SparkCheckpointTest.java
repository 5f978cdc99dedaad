package io.millrace.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.ledger.CommittedOffset;
import io.millrace.ledger.HadoopLedgerStore;
import io.millrace.ledger.Ledger;
import io.millrace.ledger.LedgerSettings;
import io.millrace.localstack.LocalStack;
import io.millrace.notification.Notification;
import io.millrace.notification.Notification.Origin;
import io.millrace.testing.Landing;
import io.millrace.testing.TestSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SparkCheckpointTest {
  private static final InstantSource CLOCK = InstantSource.fixed(Instant.ofEpochMilli(7));
  private static final CommittedOffset COMMITTED = new CommittedOffset(2, 1);

  @TempDir Path folder;
  private Path checkpoint;
  private Ledger ledger;

  @BeforeEach
  void openLedgerOfThreeArrivals() throws IOException {
    checkpoint = folder.resolve("checkpoint");
    ledger =
        Ledger.takeOver(
            HadoopLedgerStore.open(folder.resolve("orders-ledger").toString(), new Configuration()),
            "orders",
            LedgerSettings.defaults(),
            CLOCK);
    ledger.append(
        IntStream.range(0, 3)
            .mapToObj(
                i ->
                    new Notification(
                        "lake", "k" + i, null, "e", "00", 1, Instant.EPOCH, Origin.EVENT))
            .toList());
  }

  @Test
  void whatTheTableHasIsGoodAdvice() throws IOException {
    write("offsets/0", offset("orders", ledger.id(), 2));
    write("commits/0", "v1\n{}");
    write("offsets/1", offset("orders", ledger.id(), 3));

    assertThat(moved()).isEmpty();
    assertThat(checkpoint.resolve("offsets/1")).exists();
  }

  @Test
  void aCheckpointThatIsNotThereIsNoTrouble() throws IOException {
    assertThat(moved()).isEmpty();
    Files.createDirectories(checkpoint.resolve("offsets"));
    assertThat(moved()).isEmpty();
  }

  @Test
  void aBatchThatIsDoneThereAndNotInTheTableIsBadAdvice() throws IOException {
    write("offsets/0", offset("orders", ledger.id(), 3));
    write("commits/0", "v1\n{}");

    assertMoved();
  }

  @Test
  void anOffsetBeyondTheLedgersHeadIsBadAdvice() throws IOException {
    write("offsets/0", offset("orders", ledger.id(), 4));

    assertMoved();
  }

  @Test
  void theCheckpointOfAnotherStreamOrLedgerIsBadAdvice() throws IOException {
    write("offsets/0", offset("clicks", ledger.id(), 1));
    assertMoved();

    write("offsets/0", offset("orders", new UUID(1, 2), 1));
    assertMoved();
  }

  @Test
  void whatCannotBeReadIsBadAdvice() throws IOException {
    String good = offset("orders", ledger.id(), 1);
    for (String broken :
        List.of("", good.substring(0, 20), good.substring(0, good.length() - 5), good + "\n{}")) {
      write("offsets/0", broken);
      assertMoved();
    }
    write("offsets/0", good);
    write("offsets/1", good);
    Files.delete(checkpoint.resolve("offsets/0"));
    write("commits/0", "v1\n{}");
    assertMoved();

    write("commits/0", "v1\n{}");
    assertMoved();
  }

  @Test
  void theApplicationGoesOnWithoutItAndRecordsStayOnce() throws Exception {
    SparkSession spark = TestSpark.session();
    Landing landing = new Landing(LocalStack.shared(), folder);
    landing.land(2, 5);
    AvailableRun.of(landing, Map.of(), spark);
    for (String file : List.of("offsets/0", "commits/0")) {
      Files.writeString(checkpoint.resolve(file), "\0\0\0");
      Files.deleteIfExists(checkpoint.resolve(file.replaceFirst("/(.*)", "/.$1.crc")));
    }

    landing.land(1, 5);
    AvailableRun.of(landing, Map.of(), spark);

    landing.assertArrived(spark);
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files.filter(file -> file.toString().contains("checkpoint.unusable-"))).hasSize(1);
    }
  }

  private void assertMoved() throws IOException {
    Optional<String> aside = moved();

    assertThat(aside).hasValueSatisfying(to -> assertThat(to).endsWith("checkpoint.unusable-7"));
    assertThat(checkpoint).doesNotExist();
    Path to = folder.resolve("checkpoint.unusable-7");
    assertThat(to).isNotEmptyDirectory();
    Files.move(to, folder.resolve("seen-" + UUID.randomUUID()));
  }

  private Optional<String> moved() throws IOException {
    return SparkCheckpoint.at(checkpoint.toString(), new Configuration())
        .moveAsideUnlessUsable(ledger, COMMITTED, CLOCK);
  }

  /** As Spark writes it: a version, the batch's metadata, the source's offset. */
  private static String offset(String stream, UUID ledger, long ordinal) {
    return """
        v1
        {"batchWatermarkMs":0,"batchTimestampMs":1,"conf":{}}
        {"v":1,"stream":"%s","ledger":"%s","ordinal":%d}"""
        .formatted(stream, ledger, ordinal);
  }

  private void write(String file, String content) throws IOException {
    Path path = checkpoint.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, content);
  }
}
