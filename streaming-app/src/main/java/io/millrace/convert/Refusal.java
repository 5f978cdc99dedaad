package io.millrace.convert;

import io.millrace.request.ServiceAnswer;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** What it means that S3 does not give an object. */
final class Refusal {
  private static final int BAD_RANGE = 416;
  private static final int FORBIDDEN = 403;
  private static final int NOT_FOUND = 404;
  private static final int METHOD_NOT_ALLOWED = 405;
  private static final int PRECONDITION_FAILED = 412;

  private Refusal() {}

  /**
   * The object's trouble, be it its own or only seen from it.
   *
   * @throws EnvironmentException where the answer is about our credentials
   */
  static ObjectTrouble trouble(long ordinal, SdkException failure) throws EnvironmentException {
    if (!(failure instanceof S3Exception exception)) {
      return ObjectTrouble.of(
          ordinal, QuarantineReason.UNREADABLE, "no answer: " + failure.getClass().getSimpleName());
    }
    ServiceAnswer answer = ServiceAnswer.of(exception);
    String code = answer.code();
    if (answer.isOfCredentials()) {
      throw new EnvironmentException(
          "S3 does not accept the application's credentials (%s)".formatted(code), failure);
    }
    String said = "S3 answers " + answer;
    if (answer.mayPass()) {
      return ObjectTrouble.of(ordinal, QuarantineReason.UNREADABLE, said);
    }
    return switch (answer.status()) {
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
}
