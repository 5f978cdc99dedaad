package io.millrace.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.localstack.InjectedFault;
import io.millrace.localstack.LocalStack;
import io.millrace.localstack.control.Fault;
import io.millrace.localstack.control.RequestMatch;
import io.millrace.notification.ManifestReader.Answer;
import io.millrace.notification.ManifestReader.Denied;
import io.millrace.notification.ManifestReader.Description;
import io.millrace.notification.ManifestReader.Missing;
import io.millrace.notification.ManifestReader.ObjectName;
import io.millrace.notification.ManifestReader.Refused;
import io.millrace.notification.ManifestReader.Unavailable;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.core.sync.RequestBody;

class S3ManifestReaderTest {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final LocalStack stack = LocalStack.shared();
  private final String bucket = stack.createBucket("manifests");
  private final ManifestReader reader = new S3ManifestReader(stack.s3());

  @Test
  void readsNoMoreThanItIsAskedFor() {
    put("a list+.json", "0123456789");

    assertThat(reader.read(bucket, "a list+.json", 4)).hasValue(bytes("0123"));
    assertThat(reader.read(bucket, "a list+.json", 100)).hasValue(bytes("0123456789"));
    assertThat(reader.read(bucket, "none", 100)).isEmpty();
  }

  @Test
  void describesAnObject() {
    String etag = put("a", "0123456789");

    assertThat(describe("a", "none"))
        .satisfiesExactly(
            a ->
                assertThat(a)
                    .isInstanceOfSatisfying(
                        Description.class,
                        found -> {
                          assertThat(found.sizeBytes()).isEqualTo(10);
                          assertThat(found.etag()).isEqualTo(etag);
                        }),
            none -> assertThat(none).isEqualTo(new Missing()));
  }

  @Test
  void asksForManyAtOnceAndAnswersInTheirOrder() throws Exception {
    String[] keys = IntStream.range(0, 70).mapToObj(i -> "k" + i).toArray(String[]::new);
    for (int i = 0; i < keys.length; i++) {
      put(keys[i], "x".repeat(i + 1));
    }
    CompletableFuture<List<Answer>> answers;
    try (InjectedFault held = stack.inject(Fault.stall(RequestMatch.s3("HEAD", bucket), 0))) {
      answers = CompletableFuture.supplyAsync(() -> describe(keys));
      held.awaitHits(S3ManifestReader.PARALLEL_REQUESTS, LIMIT);
    }

    assertThat(answers.get(LIMIT.toSeconds(), TimeUnit.SECONDS))
        .extracting(answer -> ((Description) answer).sizeBytes())
        .containsExactlyElementsOf(LongStream.rangeClosed(1, keys.length).boxed().toList());
  }

  @ParameterizedTest
  @CsvSource({
    "400, InvalidArgument",
    "400, InvalidRequest",
  })
  void whatS3WillNotGiveIsRefused(int status, String code) throws Exception {
    put("a", "x");
    put("odd", "x");
    try (InjectedFault fault = refuse("odd", status, code)) {
      assertThat(describe("odd", "a"))
          .satisfiesExactly(
              odd -> assertThat(odd).isEqualTo(new Refused(status + " " + code)),
              a -> assertThat(a).isInstanceOf(Description.class));
      assertThat(fault.hits()).isEqualTo(2);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "403, AccessDenied",
    "400, AuthorizationHeaderMalformed",
    "400, KMS.DisabledException",
  })
  void whatS3DeniesIsDenied(int status, String code) throws Exception {
    put("secret", "x");
    try (InjectedFault fault = refuse("secret", status, code)) {
      assertThat(describe("secret")).containsExactly(new Denied(status + " " + code));
      assertThat(fault.hits()).isEqualTo(2);
    }
  }

  @ParameterizedTest
  @CsvSource({"400, ExpiredToken", "403, InvalidAccessKeyId", "503, SlowDown"})
  void whatMayMendItselfIsUnavailable(int status, String code) throws Exception {
    put("a", "x");
    try (InjectedFault fault = refuse("a", status, code)) {
      assertThat(describe("a"))
          .singleElement()
          .isInstanceOfSatisfying(
              Unavailable.class,
              answer -> assertThat(answer.said()).contains(Integer.toString(status)));
      assertThatThrownBy(() -> reader.read(bucket, "a", 10))
          .isInstanceOf(ManifestUnavailableException.class)
          .hasMessageContaining(Integer.toString(status));
      assertThat(fault.hits()).isPositive();
    }
  }

  /** Each request is tried four times, of as many as are under way when it is enough. */
  @Test
  void whereABucketHasNoAnswerNotAllOfAManifestIsAskedFor() throws Exception {
    String[] keys = IntStream.range(0, 300).mapToObj(i -> "k" + i).toArray(String[]::new);
    try (InjectedFault fault = refuse("k", 503, "SlowDown")) {
      assertThat(describe(keys)).hasSize(300).allMatch(Unavailable.class::isInstance);
      assertThat(fault.hits())
          .isLessThanOrEqualTo(
              4 * (S3ManifestReader.MAX_UNAVAILABLE + S3ManifestReader.PARALLEL_REQUESTS));
    }
  }

  private InjectedFault refuse(String key, int status, String code) {
    return stack.inject(Fault.refusal(RequestMatch.s3(bucket).withKeyPrefix(key), status, code));
  }

  private List<Answer> describe(String... keys) {
    return reader.describe(Stream.of(keys).map(key -> new ObjectName(bucket, key, null)).toList());
  }

  private String put(String key, String content) {
    return stack
        .s3()
        .putObject(r -> r.bucket(bucket).key(key), RequestBody.fromString(content))
        .eTag()
        .replace("\"", "");
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
