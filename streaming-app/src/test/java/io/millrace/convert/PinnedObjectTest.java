package io.millrace.convert;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.millrace.ledger.Arrival;
import io.millrace.notification.Notification;
import io.millrace.notification.Notification.Origin;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reads from a store that has keys in memory, so that no key is a file's name. */
class PinnedObjectTest {
  private final Map<String, String> objects = new ConcurrentHashMap<>();
  private HttpServer server;
  private volatile @Nullable String lastQuery;
  private volatile @Nullable String lastCondition;

  @BeforeEach
  void startStore() throws IOException {
    server =
        HttpServer.create(
            new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  @AfterEach
  void stopStore() {
    server.stop(0);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a b",
        "a+b",
        "a%2Bb",
        "100%",
        "date=2026-05-04/x",
        "a:b",
        "a#b",
        "a?b=c",
        "../a/./b",
        "a/../b",
        "a//b",
        "/a",
        "a/",
        "a\nb",
        "\"a'b\\",
        "*[a-z]{x}",
        "🌊/ü.json"
      })
  void theKeyIsAskedForAsItIs(String key) throws Exception {
    objects.put("/lake/" + key, "0123456789");

    PinnedObject object = new PinnedObject(S3Clients.of(store()), arrival(key, null));
    object.check();
    try (var content = object.range(3, 10)) {
      assertThat(content.readAllBytes()).asString(StandardCharsets.US_ASCII).isEqualTo("3456789");
    }
  }

  @Test
  void aKeyOf1024BytesInOneComponentIsRead() throws Exception {
    theKeyIsAskedForAsItIs("é".repeat(512));
  }

  @Test
  void theEtagIsTheConditionUnlessThereIsAVersion() throws Exception {
    objects.put("/lake/k", "0123456789");

    new PinnedObject(S3Clients.of(store()), arrival("k", null)).check();
    assertThat(lastCondition).isEqualTo("\"tag\"");
    assertThat(lastQuery).isNull();

    new PinnedObject(S3Clients.of(store()), arrival("k", "v 1+")).check();
    assertThat(lastCondition).isNull();
    assertThat(lastQuery).isEqualTo("versionId=v%201%2B");
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      URI uri = exchange.getRequestURI();
      lastQuery = uri.getRawQuery();
      lastCondition = exchange.getRequestHeaders().getFirst("If-Match");
      String path = URLDecoder.decode(uri.getRawPath().replace("+", "%2B"), StandardCharsets.UTF_8);
      String content = objects.get(path);
      if (content == null) {
        exchange.sendResponseHeaders(404, -1);
        return;
      }
      boolean head = exchange.getRequestMethod().equals("HEAD");
      String range = exchange.getRequestHeaders().getFirst("Range");
      String[] ends = requireNonNull(range).substring("bytes=".length()).split("-", 2);
      int from = Integer.parseInt(ends[0]);
      int to = Math.min(content.length(), Integer.parseInt(ends[1]) + 1);
      byte[] body = content.substring(from, to).getBytes(StandardCharsets.US_ASCII);
      exchange
          .getResponseHeaders()
          .set("Content-Range", "bytes %d-%d/%d".formatted(from, to - 1, content.length()));
      if (head) {
        exchange.getResponseHeaders().set("Content-Length", Integer.toString(body.length));
        exchange.sendResponseHeaders(200, -1);
      } else {
        exchange.sendResponseHeaders(206, body.length);
        exchange.getResponseBody().write(body);
      }
    }
  }

  private ObjectStoreSettings store() {
    URI endpoint = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    return new ObjectStoreSettings(endpoint, "us-east-1", true, null);
  }

  private static Arrival arrival(String key, @Nullable String version) {
    Notification object =
        new Notification("lake", key, version, "tag", "00", 10, Instant.EPOCH, Origin.EVENT);
    return new Arrival(1, object, Instant.EPOCH, false);
  }
}
