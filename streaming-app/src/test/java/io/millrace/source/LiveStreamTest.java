package io.millrace.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.ledger.Arrival;
import io.millrace.ledger.LedgerException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LiveStreamTest {
  private static final AdmissionLimits TWO_OBJECTS = new AdmissionLimits(2, Long.MAX_VALUE);
  private static final Duration LIMIT = Duration.ofMinutes(5);
  private static final Instant NOW = FakeLog.FIRST_EVENT.plusSeconds(100);

  private final FakeLog log = new FakeLog();
  private final FakeReceiver receiver = new FakeReceiver();
  private final LiveStream application =
      LiveStream.ofApplication(
          Admission.of(log, TWO_OBJECTS), receiver, LIMIT, InstantSource.fixed(NOW));
  private final LiveStream standalone =
      LiveStream.standalone(
          log,
          receiver,
          TWO_OBJECTS,
          LIMIT,
          InstantSource.fixed(NOW),
          () -> receiver.calls.add("close"));

  @Test
  void aBatchTakesSoManyObjectsAtMost() {
    log.append(1, 1, 1);

    assertThat(application.admit(0, TWO_OBJECTS)).hasValue(2);
    assertThat(application.admit(2, TWO_OBJECTS)).hasValue(3);
    assertThat(application.admit(3, TWO_OBJECTS)).isEmpty();
  }

  @Test
  void theBytesOfABatchAreBoundedHardButASingleLargerObjectIsTakenAlone() {
    AdmissionLimits bytes = new AdmissionLimits(100, 10);
    log.append(4, 6, 1, 50, 1);

    assertThat(application.admit(0, bytes)).hasValue(2);
    assertThat(application.admit(2, bytes)).hasValue(3);
    assertThat(application.admit(3, bytes)).hasValue(4);
    assertThat(application.admit(4, bytes)).hasValue(5);
  }

  @Test
  void theTargetDurationBoundsABatchButASingleLargerObjectIsTakenAlone() {
    BatchSize size = new BatchSize(Duration.ofSeconds(10), 5, () -> 20);
    LiveStream paced =
        LiveStream.ofApplication(
            new Admission(log, new AdmissionLimits(100, 1_000), size),
            receiver,
            LIMIT,
            InstantSource.fixed(NOW));
    log.append(4, 6, 50, 1, 1, 1, 1);

    AdmissionLimits limits = paced.limits();
    assertThat(paced.admit(0, limits)).hasValue(2);
    assertThat(paced.admit(2, limits)).hasValue(3);
    assertThat(paced.admit(3, limits)).hasValue(6);
    assertThat(paced.admit(0, AdmissionLimits.NONE)).as("trigger once").hasValue(7);
  }

  @Test
  void theTableDecidesWhereTheApplicationGoesOn() {
    log.append(1, 1, 1, 1);
    log.commit(3);

    assertThat(application.admit(0, TWO_OBJECTS)).hasValue(4);
    assertThat(application.arrivals(0, 4)).extracting(Arrival::ordinal).containsExactly(4L);
    assertThat(application.arrivals(0, 2)).isEmpty();
  }

  @Test
  void sparksCheckpointDecidesWhereAnotherProgramGoesOn() {
    log.append(1, 1, 1, 1);
    log.commit(3);

    assertThat(standalone.admit(1, TWO_OBJECTS)).hasValue(3);
    assertThat(standalone.arrivals(1, 3)).extracting(Arrival::ordinal).containsExactly(2L, 3L);
  }

  @Test
  void nothingIsAdmittedAfterAStop() {
    log.append(1);
    application.stopAdmitting();

    assertThat(application.admit(0, TWO_OBJECTS)).isEmpty();
  }

  @Test
  void whatEndedTheIntakeEndsTheQuery() {
    log.append(1);
    receiver.failure = new LedgerException("the ledger is damaged");

    assertThatThrownBy(() -> application.admit(0, TWO_OBJECTS)).isSameAs(receiver.failure);
  }

  @Test
  void availableNowFreezesItsTargetOnceEverythingSentBeforeIsRecorded() throws Exception {
    log.append(1);
    receiver.onTake = () -> log.append(1, 1);

    application.freeze();
    log.append(1);

    assertThat(receiver.calls).containsExactly("take until " + NOW + " within PT5M");
    assertThat(application.admit(0, AdmissionLimits.NONE)).hasValue(3);
    log.commit(3);
    assertThat(application.admit(3, AdmissionLimits.NONE)).isEmpty();

    application.freeze();
    assertThat(application.admit(3, AdmissionLimits.NONE)).as("one target for good").isEmpty();
    assertThat(receiver.calls).hasSize(1);
  }

  @Test
  void availableNowTakesWhatItHasWhenTheReceiveLimitIsOver() throws Exception {
    receiver.drained = false;
    receiver.onTake = () -> log.append(1);

    application.freeze();

    assertThat(application.admit(0, AdmissionLimits.NONE)).hasValue(1);
  }

  @Test
  void onlyAnotherProgramsQueryStartsItsIntakeAndEndsItsStream() {
    application.admit(0, TWO_OBJECTS);
    application.close();
    assertThat(receiver.calls).isEmpty();

    standalone.admit(0, TWO_OBJECTS);
    standalone.admit(0, TWO_OBJECTS);
    standalone.close();
    assertThat(receiver.calls).containsExactly("start", "close");
  }

  @Test
  void metricsTellWhatWaits() {
    log.append(5, 6, 7);
    log.commit(1);

    assertThat(application.metrics(0))
        .isEqualTo(
            Map.of(
                "headOrdinal", "3",
                "committedOrdinal", "1",
                "backlogObjects", "2",
                "backlogBytes", "13",
                "backlogOldestAgeSeconds", "99"));
    assertThat(standalone.metrics(2))
        .isEqualTo(Map.of("headOrdinal", "3", "committedOrdinal", "2", "backlogObjects", "1"));
    log.commit(3);
    assertThat(application.metrics(0)).containsEntry("backlogOldestAgeSeconds", "0");
  }

  @Test
  void limitsOfNothingAreRefused() {
    assertThatThrownBy(() -> new AdmissionLimits(0, 1)).hasMessageContaining("maxObjects");
    assertThatThrownBy(() -> new AdmissionLimits(1, 0)).hasMessageContaining("maxBytes");
  }
}
