package io.millrace.request;

import java.util.Set;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/**
 * What an AWS service says when it does not do what it was asked for.
 *
 * @param status HTTP's
 * @param code the service's word for it, or empty where the answer has no body
 * @param throttling whether the SDK knows it as one that asks for fewer requests
 */
public record ServiceAnswer(int status, String code, boolean throttling) {
  /** Said of whoever asks, never of what is asked for. */
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
  private static final Set<String> PASSING = Set.of("RequestTimeout", "KMS.ThrottlingException");

  private static final int FORBIDDEN = 403;
  private static final int FIRST_SERVER_ERROR = 500;

  public static ServiceAnswer of(AwsServiceException answer) {
    String code = answer.awsErrorDetails() == null ? null : answer.awsErrorDetails().errorCode();
    return new ServiceAnswer(
        answer.statusCode(), code == null ? "" : code, answer.isThrottlingException());
  }

  /** Whether it is about the application's credentials. */
  public boolean isOfCredentials() {
    return OF_CREDENTIALS.contains(code);
  }

  /** Whether it is about a permission, a key or a region, be it for this object or for many. */
  public boolean isDenial() {
    return status == FORBIDDEN
        || (status >= 300 && status < 400)
        || code.equals("AuthorizationHeaderMalformed")
        || code.startsWith("KMS.");
  }

  /** Whether the same may be answered otherwise later, without anybody's doing. */
  public boolean mayPass() {
    return status >= FIRST_SERVER_ERROR || throttling || PASSING.contains(code);
  }

  /** For a person: {@code 403 AccessDenied}. */
  @Override
  public String toString() {
    return (status + " " + code).strip();
  }
}
