package io.millrace.convert;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Answers every request with one error of S3's, among them those that no local server makes. */
final class ScriptedS3 implements AutoCloseable {
  private final HttpServer server;
  private final int status;
  private final String code;

  ScriptedS3(int status, String code) {
    this.status = status;
    this.code = code;
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", this::answer);
    server.start();
  }

  /** Of a client that asks once. */
  ObjectStoreSettings settings() {
    return new ObjectStoreSettings(
        URI.create("http://127.0.0.1:" + server.getAddress().getPort()),
        "us-east-1",
        true,
        null,
        new RequestLimits(Duration.ofSeconds(5), Duration.ofSeconds(5), 1));
  }

  private void answer(HttpExchange exchange) throws IOException {
    byte[] body =
        "<Error><Code>%s</Code><Message>scripted</Message></Error>"
            .formatted(code)
            .getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "application/xml");
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
