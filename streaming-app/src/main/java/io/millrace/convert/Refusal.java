package io.millrace.convert;

import java.util.Set;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** What it means that S3 does not give an object. */
final class Refusal {
  /** Said of whoever asks, never of an object. */
  private static final Set<String> OF_CREDENTIALS =
      Set.of(
          "AccountProblem",
          "CredentialsNotFound",
          "ExpiredToken",
          "InvalidAccessKeyId",
          "InvalidSecurity",
          "InvalidToken",
          "NotSignedUp",
          "RequestTimeTooSkewed",
          "SignatureDoesNotMatch",
          "TokenRefreshRequired");

  /** Client errors by their status that mend themselves. */
  private static final Set<String> PASSING =
      Set.of("RequestTimeout", "SlowDown", "ThrottlingException", "KMS.ThrottlingException");

  private static final int BAD_RANGE = 416;
  private static final int FORBIDDEN = 403;
  private static final int NOT_FOUND = 404;
  private static final int METHOD_NOT_ALLOWED = 405;
  private static final int PRECONDITION_FAILED = 412;
  private static final int FIRST_SERVER_ERROR = 500;

  private Refusal() {}

  /**
   * The object's trouble, be it its own or only seen from it.
   *
   * @throws EnvironmentException where the answer is about our credentials
   */
  static ObjectTrouble trouble(long ordinal, SdkException failure) throws EnvironmentException {
    if (!(failure instanceof S3Exception answer)) {
      return ObjectTrouble.of(
          ordinal, QuarantineReason.UNREADABLE, "no answer: " + failure.getClass().getSimpleName());
    }
    String code = code(answer);
    if (OF_CREDENTIALS.contains(code)) {
      throw new EnvironmentException(
          "S3 does not accept the application's credentials (%s)".formatted(code), failure);
    }
    int status = answer.statusCode();
    String said = "S3 answers %d %s".formatted(status, code).strip();
    if (status >= FIRST_SERVER_ERROR || PASSING.contains(code) || answer.isThrottlingException()) {
      return ObjectTrouble.of(ordinal, QuarantineReason.UNREADABLE, said);
    }
    return switch (status) {
      case NOT_FOUND ->
          code.equals("NoSuchBucket")
              ? ObjectTrouble.of(ordinal, QuarantineReason.REFUSED, said)
              : ObjectTrouble.gone(ordinal);
      case METHOD_NOT_ALLOWED -> ObjectTrouble.gone(ordinal); // a delete marker stands there
      case PRECONDITION_FAILED -> ObjectTrouble.changed(ordinal);
      case BAD_RANGE ->
          ObjectTrouble.of(
              ordinal, QuarantineReason.SIZE_DIFFERS, "it is shorter than was announced");
      case FORBIDDEN ->
          ObjectTrouble.of(
              ordinal,
              code.equals("InvalidObjectState")
                  ? QuarantineReason.ARCHIVED
                  : QuarantineReason.ACCESS_DENIED,
              said);
      default -> ObjectTrouble.of(ordinal, QuarantineReason.REFUSED, said);
    };
  }

  private static String code(S3Exception answer) {
    String code = answer.awsErrorDetails() == null ? null : answer.awsErrorDetails().errorCode();
    return code == null ? "" : code;
  }
}
