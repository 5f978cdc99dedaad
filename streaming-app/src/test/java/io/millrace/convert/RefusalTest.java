package io.millrace.convert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.ledger.Arrival;
import io.millrace.notification.Notification;
import io.millrace.notification.Notification.Origin;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RefusalTest {
  private static final Instant NOON = Instant.parse("2026-11-01T12:00:00Z");
  private static final Arrival ARRIVAL =
      new Arrival(
          1,
          new Notification("bucket", "k", "v1", null, null, 10, NOON, Origin.EVENT),
          NOON,
          false);

  @ParameterizedTest
  @CsvSource({
    "404, NoSuchKey, gone",
    "404, NoSuchVersion, gone",
    "405, MethodNotAllowed, gone",
    "412, PreconditionFailed, changed",
    "416, InvalidRange, size-differs",
    "403, InvalidObjectState, archived",
    "403, AccessDenied, access-denied",
    "403, AllAccessDisabled, access-denied",
    "404, NoSuchBucket, refused",
    "301, PermanentRedirect, refused",
    "400, InvalidRequest, refused",
    "400, KMS.DisabledException, refused",
    "400, RequestTimeout, unreadable",
    "400, KMS.ThrottlingException, unreadable",
    "500, InternalError, unreadable",
    "503, SlowDown, unreadable",
    "503, ServiceUnavailable, unreadable",
  })
  void whatIsSaidOfAnObjectBecomesItsTrouble(int status, String code, String becomes)
      throws Exception {
    try (ScriptedS3 s3 = new ScriptedS3(status, code)) {
      Map<Long, ObjectTrouble> troubles = preflight(s3);

      ObjectTrouble trouble = troubles.get(1L);
      assertThat(trouble.toOutcome().kind().name() + " " + trouble.toOutcome().reason())
          .isEqualTo(
              switch (becomes) {
                case "gone" -> "GONE null";
                case "changed" -> "CHANGED null";
                default -> "QUARANTINED " + becomes;
              });
    }
  }

  @ParameterizedTest
  @CsvSource({
    "400, ExpiredToken",
    "400, InvalidToken",
    "403, InvalidAccessKeyId",
    "403, SignatureDoesNotMatch",
    "403, RequestTimeTooSkewed",
    "403, AccountProblem",
  })
  void whatIsSaidOfTheCredentialsIsNoObjectsTrouble(int status, String code) {
    try (ScriptedS3 s3 = new ScriptedS3(status, code)) {
      assertThatThrownBy(() -> preflight(s3))
          .isInstanceOf(EnvironmentException.class)
          .hasMessageContaining("does not accept the application's credentials (" + code + ")");
    }
  }

  @ParameterizedTest
  @CsvSource({"503, SlowDown", "500, InternalError"})
  void aStoreThatDeliversNothingIsNotAskedForEveryObject(int status, String code) {
    List<Arrival> many = new java.util.ArrayList<>();
    for (int i = 1; i <= 100; i++) {
      many.add(new Arrival(i, ARRIVAL.object(), NOON, false));
    }
    try (ScriptedS3 s3 = new ScriptedS3(status, code)) {
      assertThatThrownBy(() -> new Preflight(S3Clients.of(s3.settings())).check(many))
          .isInstanceOf(EnvironmentException.class)
          .hasMessageContaining("S3 does not deliver: 9 objects of the batch can't be read");
    }
  }

  private static Map<Long, ObjectTrouble> preflight(ScriptedS3 s3) throws Exception {
    return new Preflight(S3Clients.of(s3.settings())).check(List.of(ARRIVAL)).troubles();
  }
}
