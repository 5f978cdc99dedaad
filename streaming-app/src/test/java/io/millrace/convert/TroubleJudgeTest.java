package io.millrace.convert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.ledger.Arrival;
import io.millrace.notification.Notification;
import io.millrace.notification.Notification.Origin;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class TroubleJudgeTest {
  private static final Duration BETWEEN_TRIES = Duration.ofMinutes(2);

  private Instant now = Instant.parse("2026-11-01T12:00:00Z");
  private final List<Arrival> others = new ArrayList<>();
  private final Set<Long> readable = new HashSet<>();
  private final List<Long> asked = new ArrayList<>();
  private final TroubleJudge judge =
      new TroubleJudge(
          arrival -> {
            asked.add(arrival.ordinal());
            return readable.contains(arrival.ordinal());
          },
          batch -> others,
          new Patience(3, Duration.ofHours(2)),
          () -> now);

  @Test
  void anObjectThatIsDeniedWhileAnotherOfItsBucketIsReadIsToBlameItself() throws Exception {
    judge.judge(List.of(in("a", 1), in("a", 2)), denied(1));

    assertThat(asked).isEmpty();
  }

  @Test
  void whereAllOfABucketAreDeniedNoObjectIsToBlame() {
    judgedAsEnvironment(List.of(in("a", 1), in("a", 2), in("b", 3)), denied(1, 2))
        .hasMessageContaining("2 objects of the batch in [a]")
        .hasMessageContaining("while others can")
        .hasMessageContaining("nothing is quarantined for it before it has lasted for 120 min");
  }

  @Test
  void aDeniedObjectWithoutNeighboursIsJudgedByAnotherOfItsBucket() {
    others.addAll(List.of(in("b", 7), in("a", 8), in("a", 9)));
    judgedAsEnvironment(List.of(in("a", 1)), denied(1))
        .hasMessageContaining("no other object could be read either");
    assertThat(asked).containsExactly(8L, 9L);

    readable.add(9L);
    judgedAsOwn(List.of(in("a", 1)), denied(1));
  }

  @Test
  void noMoreThanAFewWitnessesAreAsked() {
    for (int i = 10; i < 100; i++) {
      others.add(in("a", i));
    }
    judgedAsEnvironment(List.of(in("a", 1)), denied(1));

    assertThat(asked).hasSize(TroubleJudge.MAX_WITNESSES);
  }

  @Test
  void manyDeniedObjectsLookLikeAPolicyAndAreWaitedFor() {
    List<Arrival> batch = List.of(in("a", 1), in("a", 2), in("a", 3), in("a", 4), in("a", 5));
    Map<Long, ObjectTrouble> four = denied(1, 2, 3, 4);

    tryFor(Duration.ofMinutes(119), batch, four);
    now = now.plus(BETWEEN_TRIES);
    judgedAsOwn(batch, four);
  }

  @Test
  void manyDeniedObjectsInManySmallBatchesAreNoDifferent() {
    for (int i = 1; i <= 3; i++) {
      judgedAsOwn(List.of(in("a", i), in("a", 100 + i)), denied(i));
      judge.close();
    }
    judgedAsEnvironment(List.of(in("a", 4), in("a", 104)), denied(4));
    judgedAsOwn(List.of(in("b", 5), in("b", 105)), denied(5));

    now = now.plus(Duration.ofHours(2)).plusMillis(1);
    judgedAsOwn(List.of(in("a", 6), in("a", 106)), denied(6));
  }

  @Test
  void anObjectThatIsNotDeliveredIsWaitedForWhileOthersAreRead() {
    List<Arrival> batch = List.of(in("a", 1), in("a", 2));
    Map<Long, ObjectTrouble> one = troubles(QuarantineReason.UNREADABLE, 1);

    tryFor(Duration.ofMinutes(119), batch, one);
    now = now.plus(BETWEEN_TRIES);
    judgedAsOwn(batch, one);
  }

  @Test
  void anOutageOfAnyLengthProvesNothing() {
    List<Arrival> batch = List.of(in("a", 1), in("b", 2));
    tryFor(Duration.ofHours(30), batch, troubles(QuarantineReason.UNREADABLE, 1, 2));

    // It ends for b. What counts for 1 begins here, and a long gap between tries counts little.
    now = now.plus(Duration.ofHours(5));
    tryFor(Duration.ofMinutes(110), batch, troubles(QuarantineReason.UNREADABLE, 1));
  }

  @Test
  void aBatchThatIsDoneForgetsWhatWasTriedInVain() {
    List<Arrival> batch = List.of(in("a", 1), in("a", 2));
    Map<Long, ObjectTrouble> one = troubles(QuarantineReason.UNREADABLE, 1);
    tryFor(Duration.ofMinutes(119), batch, one);
    judge.close();

    tryFor(Duration.ofMinutes(119), batch, one);
  }

  @Test
  void anObjectThatIsGoneProvesNothing() {
    Map<Long, ObjectTrouble> troubles = denied(1);
    troubles.put(2L, ObjectTrouble.gone(2));

    judgedAsEnvironment(List.of(in("a", 1), in("a", 2)), troubles);
  }

  @Test
  void whatIsCertainlyAnObjectsOwnIsNotJudged() {
    judgedAsOwn(List.of(in("a", 1)), troubles(QuarantineReason.ARCHIVED, 1));
    judgedAsOwn(List.of(in("a", 1)), troubles(QuarantineReason.RECORD_TOO_LARGE, 1));
  }

  /** Tries in vain, every other minute. */
  private void tryFor(Duration duration, List<Arrival> batch, Map<Long, ObjectTrouble> troubles) {
    Instant end = now.plus(duration);
    for (; now.isBefore(end); now = now.plus(BETWEEN_TRIES)) {
      judgedAsEnvironment(batch, troubles);
    }
  }

  private void judgedAsOwn(List<Arrival> batch, Map<Long, ObjectTrouble> troubles) {
    assertThatCode(() -> judge.judge(batch, troubles)).doesNotThrowAnyException();
  }

  private org.assertj.core.api.AbstractThrowableAssert<?, ? extends Throwable> judgedAsEnvironment(
      List<Arrival> batch, Map<Long, ObjectTrouble> troubles) {
    ThrowingCallable judgement = () -> judge.judge(batch, troubles);
    return assertThatThrownBy(judgement).isInstanceOf(EnvironmentException.class);
  }

  private static Map<Long, ObjectTrouble> denied(long... ordinals) {
    return troubles(QuarantineReason.ACCESS_DENIED, ordinals);
  }

  private static Map<Long, ObjectTrouble> troubles(QuarantineReason reason, long... ordinals) {
    Map<Long, ObjectTrouble> troubles = new HashMap<>();
    for (long ordinal : ordinals) {
      troubles.put(ordinal, ObjectTrouble.of(ordinal, reason, "said so"));
    }
    return troubles;
  }

  private static Arrival in(String bucket, long ordinal) {
    Notification object =
        new Notification(bucket, "k" + ordinal, "v", null, null, 1, Instant.EPOCH, Origin.EVENT);
    return new Arrival(ordinal, object, Instant.EPOCH, false);
  }
}
