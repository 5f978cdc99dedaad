package io.millrace.localstack.control;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * Something that goes wrong with some requests. Of several faults for one request the one that was
 * injected first strikes, and the others do not see the request.
 *
 * @param match the requests that it may strike
 * @param kind what happens
 * @param number what the kind says of it; 0 where it says nothing
 * @param skip how many matching requests go unharmed before the first that is struck
 * @param limit how many requests are struck
 * @param code S3's code of a failing status; null takes the usual one of the status
 */
public record Fault(
    RequestMatch match, Kind kind, long number, int skip, int limit, @Nullable String code) {

  /** What happens to a request. */
  public enum Kind {
    /** It is answered with the HTTP status {@code number}, and has no effect. */
    STATUS,
    /** The connection ends before the request has an effect. */
    CUT_BEFORE,
    /** The request has its effect, and the connection ends before the answer. */
    REPLY_LOST,
    /** The connection ends before byte {@code number} of the answer's body. */
    SHORT_BODY,
    /** The answer stops before byte {@code number} of its body until the fault is removed. */
    STALL,
    /** Each {@code number}-th entry of a batch fails, and the others take effect. */
    ENTRIES_FAIL
  }

  public Fault {
    requireNonNull(match, "match");
    requireNonNull(kind, "kind");
    if (kind == Kind.STATUS && (number < 400 || number > 599)) {
      throw new IllegalArgumentException("a failing status is 400 to 599, not " + number);
    }
    if (kind == Kind.ENTRIES_FAIL
        && (match.service() != RequestMatch.Service.SQS || match.operation() == null)) {
      throw new IllegalArgumentException("entries fail in the batches of an action of SQS only");
    }
    if (kind == Kind.ENTRIES_FAIL && number < 1) {
      throw new IllegalArgumentException("each n-th entry can fail from n = 1, not " + number);
    }
    if (number < 0 || skip < 0 || limit < 1) {
      throw new IllegalArgumentException(
          "number and skip must be at least 0 and limit at least 1, not "
              + (number + ", " + skip + " and " + limit));
    }
  }

  /** Answers with an HTTP status: for S3 403, 404, 500 and 503 have S3's error codes. */
  public static Fault status(RequestMatch match, int status) {
    return new Fault(match, Kind.STATUS, status, 0, Integer.MAX_VALUE, null);
  }

  /** Refuses with S3's own words, such as {@code ExpiredToken}. */
  public static Fault refusal(RequestMatch match, int status, String code) {
    return new Fault(match, Kind.STATUS, status, 0, Integer.MAX_VALUE, code);
  }

  /** Ends the connection before the request has an effect. */
  public static Fault cutBefore(RequestMatch match) {
    return new Fault(match, Kind.CUT_BEFORE, 0, 0, Integer.MAX_VALUE, null);
  }

  /** Ends the connection after the request has had its effect and before the answer. */
  public static Fault replyLost(RequestMatch match) {
    return new Fault(match, Kind.REPLY_LOST, 0, 0, Integer.MAX_VALUE, null);
  }

  /** Promises the whole body and ends the connection after {@code bytes} of it. */
  public static Fault shortBody(RequestMatch match, long bytes) {
    return new Fault(match, Kind.SHORT_BODY, bytes, 0, Integer.MAX_VALUE, null);
  }

  /** Stops after {@code bytes} of the body until the fault is removed. */
  public static Fault stall(RequestMatch match, long bytes) {
    return new Fault(match, Kind.STALL, bytes, 0, Integer.MAX_VALUE, null);
  }

  /**
   * Fails some entries of a batch that SQS takes, such as {@code DeleteMessageBatch}.
   *
   * @param every which ones: 3 means the third, the sixth and so on of each batch, 1 means all
   */
  public static Fault entriesFail(RequestMatch match, int every) {
    return new Fault(match, Kind.ENTRIES_FAIL, every, 0, Integer.MAX_VALUE, null);
  }

  /** This fault after {@code requests} matching requests that go unharmed. */
  public Fault skipping(int requests) {
    return new Fault(match, kind, number, requests, limit, code);
  }

  /** This fault for at most {@code requests} requests. */
  public Fault atMost(int requests) {
    return new Fault(match, kind, number, skip, requests, code);
  }
}
