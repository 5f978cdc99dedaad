package io.millrace.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.spark.sql.connector.read.InputPartition;
import org.apache.spark.sql.connector.read.streaming.ReadLimit;
import org.junit.jupiter.api.Test;

class ArrivalMicroBatchStreamTest {
  private final FakeLog log = new FakeLog();
  private final ArrivalMicroBatchStream stream =
      new ArrivalMicroBatchStream(
          LiveStream.ofApplication(
              Admission.of(log, new AdmissionLimits(10, 100)),
              new FakeReceiver(),
              Duration.ofSeconds(1),
              InstantSource.system()));

  @Test
  void anOffsetOfThisStreamAndLedgerIsTaken() {
    log.append(1, 1);

    assertThat(stream.deserializeOffset(offset(2).json())).isEqualTo(offset(2));
  }

  @Test
  void anOffsetOfAnotherStreamOrLedgerIsRefused() {
    log.append(1, 1);

    for (ArrivalOffset foreign :
        List.of(
            new ArrivalOffset("clicks", log.id(), 1),
            new ArrivalOffset("orders", new UUID(7, 7), 1))) {
      assertThatThrownBy(() -> stream.deserializeOffset(foreign.json()))
          .isInstanceOf(SourceException.class)
          .hasMessageContaining("Spark's checkpoint is of stream " + foreign.stream())
          .hasMessageContaining("this query reads stream orders with ledger " + log.id());
    }
  }

  @Test
  void anOffsetBeyondTheHeadIsRefused() {
    log.append(1, 1);

    assertThatThrownBy(() -> stream.deserializeOffset(offset(3).json()))
        .isInstanceOf(SourceException.class)
        .hasMessageContaining("ends at ordinal 3, but the ledger of stream orders ends at 2");
    assertThatThrownBy(() -> stream.planInputPartitions(offset(0), offset(3)))
        .isInstanceOf(SourceException.class);
  }

  @Test
  void triggerOnceTakesEverythingWhateverTheLimits() {
    log.append(1_000, 1_000, 1_000);

    assertThat(stream.latestOffset(offset(0), stream.getDefaultReadLimit())).isEqualTo(offset(1));
    assertThat(stream.latestOffset(offset(0), ReadLimit.allAvailable())).isEqualTo(offset(3));
    assertThat(stream.latestOffset(offset(3), ReadLimit.allAvailable())).isNull();
    assertThat(stream.reportLatestOffset()).isEqualTo(offset(3));
  }

  @Test
  void aLargeBatchHasPartitionsOfManyRowsAndEachArrivalOnce() {
    int size = 2 * ArrivalMicroBatchStream.MAX_PARTITION_ROWS + 1;
    log.append(LongStream.generate(() -> 1).limit(size).toArray());

    InputPartition[] partitions = stream.planInputPartitions(offset(0), offset(size));

    assertThat(partitions).hasSize(3);
    assertThat(
            Stream.of(partitions)
                .flatMap(partition -> ((ArrivalPartition) partition).rows().stream())
                .map(ArrivalRow::ordinal))
        .containsExactlyElementsOf(LongStream.rangeClosed(1, size).boxed().toList());
  }

  @Test
  void aBatchThatTheTableHasAlreadyHasNoPartitions() {
    log.append(1, 1);
    log.commit(2);

    assertThat(stream.planInputPartitions(offset(0), offset(2))).isEmpty();
    assertThat(stream.initialOffset()).isEqualTo(offset(2));
  }

  @Test
  void nothingIsReadBeforeAQueryStarts() {
    ArrivalTable table =
        new ArrivalTable(
            () -> {
              throw new AssertionError("opened");
            });

    assertThat(table.columns()).hasSize(ArrivalRow.SCHEMA.size());
    assertThat(table.name()).isEqualTo("millrace");
    assertThat(table.capabilities()).hasSize(1);
  }

  private ArrivalOffset offset(long ordinal) {
    return new ArrivalOffset(log.stream(), log.id(), ordinal);
  }
}
