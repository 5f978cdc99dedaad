package io.millrace.notification;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.localstack.LocalStack;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;

class S3ManifestReaderTest {
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

    assertThat(reader.describe(bucket, "a", null))
        .hasValueSatisfying(
            found -> {
              assertThat(found.sizeBytes()).isEqualTo(10);
              assertThat(found.etag()).isEqualTo(etag);
            });
    assertThat(reader.describe(bucket, "none", null)).isEmpty();
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
