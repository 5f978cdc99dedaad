package io.millrace.request;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsCredentials;

class AssumedRoleTest {
  private static final String ARN = "arn:aws:iam::210987654321:role/millrace-reader";
  private static final String ANSWER =
      """
      <AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleResult>
      <Credentials><AccessKeyId>role-key</AccessKeyId><SecretAccessKey>s</SecretAccessKey>
      <SessionToken>t</SessionToken><Expiration>2999-01-01T00:00:00Z</Expiration></Credentials>
      </AssumeRoleResult></AssumeRoleResponse>
      """;

  @Test
  void theRoleIsAssumedWithItsExternalId() throws Exception {
    List<String> requests = new CopyOnWriteArrayList<>();
    HttpServer sts =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    sts.createContext(
        "/",
        exchange -> {
          try (exchange) {
            requests.add(
                URLDecoder.decode(
                    new String(exchange.getRequestBody().readAllBytes(), UTF_8), UTF_8));
            byte[] answer = ANSWER.getBytes(UTF_8);
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
          }
        });
    sts.start();
    Map<String, String> properties =
        Map.of(
            "aws.endpointUrlSts", "http://127.0.0.1:" + sts.getAddress().getPort(),
            "aws.accessKeyId", "own-key",
            "aws.secretAccessKey", "own-secret");
    Map<String, String> before = new HashMap<>();
    properties.forEach((name, value) -> before.put(name, System.setProperty(name, value)));
    try {
      AwsCredentials credentials =
          new AssumedRole(ARN, "clicks-7f3a").credentials("us-east-1").resolveCredentials();
      new AssumedRole(ARN, null).credentials("us-east-1").resolveCredentials();

      assertThat(credentials.accessKeyId()).isEqualTo("role-key");
      assertThat(requests).hasSize(2);
      assertThat(requests.get(0))
          .contains("Action=AssumeRole&", "RoleArn=" + ARN, "ExternalId=clicks-7f3a");
      assertThat(requests.get(1)).doesNotContain("ExternalId");
    } finally {
      before.forEach(
          (name, value) -> {
            if (value == null) {
              System.clearProperty(name);
            } else {
              System.setProperty(name, value);
            }
          });
      sts.stop(0);
    }
  }

  @Test
  void whatIsNoRoleOrNoExternalIdIsRefused() {
    assertThatThrownBy(() -> new AssumedRole("millrace-reader", null))
        .hasMessageContaining("arn:aws:iam::ACCOUNT:role/NAME");
    assertThatThrownBy(() -> new AssumedRole(ARN, "a b")).hasMessageContaining("external-id");
  }
}
