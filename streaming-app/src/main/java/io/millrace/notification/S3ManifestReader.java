package io.millrace.notification;

import io.millrace.request.Background;
import io.millrace.request.ServiceAnswer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Reads manifests with the SDK; keys go to S3 as they are. Safe for several threads. */
public final class S3ManifestReader implements ManifestReader {
  /** Of all manifests: a message must be done with before its visibility ends. */
  static final int PARALLEL_REQUESTS = 32;

  /** Of a bucket, in one manifest; then the others are not asked for: each might take a minute. */
  static final int MAX_UNAVAILABLE = 32;

  private static final int NOT_FOUND = 404;
  private static final int METHOD_NOT_ALLOWED = 405; // of a version that is a delete marker
  private static final int RANGE_NOT_SATISFIABLE = 416; // S3's answer for an object without bytes

  private final S3Client s3;
  private final ThreadPoolExecutor threads;

  /** Reads with a client that stays the caller's to close. */
  public S3ManifestReader(S3Client s3) {
    this.s3 = s3;
    this.threads =
        new ThreadPoolExecutor(
            PARALLEL_REQUESTS,
            PARALLEL_REQUESTS,
            10,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            Background.threads("manifest-entries"));
    threads.allowCoreThreadTimeOut(true);
  }

  @Override
  public Optional<byte[]> read(String bucket, String key, int maxBytes) {
    try {
      return Optional.of(
          s3.getObjectAsBytes(r -> r.bucket(bucket).key(key).range("bytes=0-" + (maxBytes - 1)))
              .asByteArray());
    } catch (S3Exception e) {
      return switch (e.statusCode()) {
        case RANGE_NOT_SATISFIABLE -> Optional.of(new byte[0]);
        case NOT_FOUND -> Optional.empty();
        default -> throw unavailable(ServiceAnswer.of(e), e);
      };
    } catch (SdkException e) {
      throw unavailable(e);
    }
  }

  @Override
  public List<Answer> describe(List<ObjectName> objects) {
    List<Future<Answer>> asked = new ArrayList<>();
    Map<String, AtomicInteger> unavailable = new HashMap<>();
    for (ObjectName object : objects) {
      AtomicInteger ofBucket =
          unavailable.computeIfAbsent(object.bucket(), bucket -> new AtomicInteger());
      asked.add(threads.submit(() -> describe(object, ofBucket)));
    }
    List<Answer> answers = new ArrayList<>();
    try {
      for (Future<Answer> answer : asked) {
        answers.add(Background.await(answer, "S3's answer for a manifest's entry"));
      }
    } catch (IOException e) {
      throw unavailable(e);
    } finally {
      asked.forEach(answer -> answer.cancel(true)); // of those that a failure leaves
    }
    return answers;
  }

  private Answer describe(ObjectName object, AtomicInteger unavailable) {
    if (unavailable.get() >= MAX_UNAVAILABLE) {
      return new Unavailable("nothing, as for others of its bucket");
    }
    Answer answer = ask(object);
    if (answer instanceof Unavailable) {
      unavailable.incrementAndGet();
    }
    return answer;
  }

  private Answer ask(ObjectName object) {
    try {
      HeadObjectResponse head =
          s3.headObject(
              r -> r.bucket(object.bucket()).key(object.key()).versionId(object.versionId()));
      return new Description(
          head.contentLength(),
          head.eTag().replace("\"", ""),
          head.versionId(),
          head.lastModified());
    } catch (S3Exception e) {
      ServiceAnswer answer = ServiceAnswer.of(e);
      if (answer.status() == NOT_FOUND || answer.status() == METHOD_NOT_ALLOWED) {
        return new Missing();
      }
      return isPassing(answer) ? new Unavailable(answer.toString()) : refusal(object);
    } catch (SdkException e) {
      return noAnswer(e);
    }
  }

  /** A HEAD that is refused does not say why; a GET does. */
  private Answer refusal(ObjectName object) {
    try {
      s3.getObjectAsBytes(
          r ->
              r.bucket(object.bucket())
                  .key(object.key())
                  .versionId(object.versionId())
                  .range("bytes=0-0"));
    } catch (S3Exception e) {
      ServiceAnswer answer = ServiceAnswer.of(e);
      if (isPassing(answer)) {
        return new Unavailable(answer.toString());
      }
      return answer.isDenial() ? new Denied(answer.toString()) : new Refused(answer.toString());
    } catch (SdkException e) {
      return noAnswer(e);
    }
    return new Unavailable("a refusal, and then the object");
  }

  private static boolean isPassing(ServiceAnswer answer) {
    return answer.isOfCredentials() || answer.mayPass();
  }

  private static Unavailable noAnswer(SdkException failure) {
    return new Unavailable("nothing (" + failure.getClass().getSimpleName() + ")");
  }

  private static ManifestUnavailableException unavailable(ServiceAnswer answer, Exception cause) {
    return new ManifestUnavailableException(
        "S3 does not give what its manifest needs now: it answers " + answer, cause);
  }

  private static ManifestUnavailableException unavailable(Exception cause) {
    return new ManifestUnavailableException("S3 does not give what its manifest needs now", cause);
  }
}
