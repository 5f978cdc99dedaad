package io.millrace.app;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.localstack.LocalStack;
import io.millrace.metrics.Scrape;
import io.millrace.testing.Landing;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Secrets of the configuration, wherever an application could show or write them. */
class SecretsTest {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @TempDir Path folder;
  private final LocalStack stack = LocalStack.shared();

  @Test
  void secretsAreNeitherShownNorWritten() throws Exception {
    Landing landing = new Landing(stack, folder);
    landing.land(2, 10);
    landing.put("in/malformed.json", "not json\n{\"id\":\"good\"}\n");
    landing.send(List.of("{truncated"));
    InetSocketAddress ui = freePort();
    Map<String, String> overrides = new HashMap<>(Landing.continuous());
    overrides.put(
        "spark-conf",
        ("{spark.ui.port: %d, spark.ssl.keyPassword: canary-password,"
                + " spark.hadoop.fs.s3a.bucket.none.secret.key: canary-key,"
                + " spark.hadoop.fs.s3a.bucket.none.encryption.key: canary-encryption,"
                + " spark.hadoop.fs.s3a.bucket.none.session.token: canary-token}")
            .formatted(ui.getPort()));

    try (ApplicationProcess application = ApplicationProcess.start(landing, overrides)) {
      await()
          .atMost(PATIENCE)
          .failFast(() -> assertThat(application.isAlive()).as(application.log()).isTrue())
          .until(() -> application.log().contains("batch ") && landing.isQueueEmpty());

      String id =
          get(ui, "/api/v1/applications").replaceAll("(?s).*?\"id\" : \"([^\"]+)\".*", "$1");
      assertThat(get(ui, "/api/v1/applications/" + id + "/environment"))
          .contains("spark.hadoop.fs.s3a.bucket.none.encryption.key")
          .doesNotContain("canary", stack.secretKey());
      assertThat(get(ui, "/environment/")).doesNotContain("canary", stack.secretKey());
      assertThat(get(application.metricsAddress(), "/metrics"))
          .doesNotContain("canary", stack.secretKey());
      assertThat(application.log()).doesNotContain("canary", stack.secretKey());
    }
    assertThat(filesThatContain("canary", stack.secretKey())).isEmpty();
    assertThat(filesThatContain("not json")).as("the quarantine is looked into").isNotEmpty();
  }

  /** Of ledger, checkpoint, table and quarantine. */
  private List<Path> filesThatContain(String... texts) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> !file.endsWith("landing.yaml"))
          .filter(file -> Stream.of(texts).anyMatch(text -> content(file).contains(text)))
          .toList();
    }
  }

  private static String content(Path file) {
    try {
      return Files.readString(file, ISO_8859_1);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static String get(InetSocketAddress address, String path) throws Exception {
    return Scrape.get(address, path).body();
  }

  private static InetSocketAddress freePort() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return new InetSocketAddress(free.getInetAddress(), free.getLocalPort());
    }
  }
}
