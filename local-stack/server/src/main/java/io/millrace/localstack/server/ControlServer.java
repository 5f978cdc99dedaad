package io.millrace.localstack.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.millrace.localstack.control.Fault;
import io.millrace.localstack.control.RequestMatch;
import io.millrace.localstack.control.Subscription;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Takes the launcher's commands: JSON in, JSON out, on a port apart from S3 and SQS. */
final class ControlServer {
  private final JsonMapper json = new JsonMapper();
  private final HttpServer server;
  private final Map<String, Command> commands;

  /** What one path does. */
  private interface Command {
    Object run(JsonNode request) throws IOException;
  }

  private ControlServer(HttpServer server, Notifier notifier, Traffic traffic) {
    this.server = server;
    this.commands =
        Map.of(
            "/subscribe",
            request -> {
              notifier.subscribe(json.treeToValue(request, Subscription.class));
              return Map.of();
            },
            "/unsubscribe",
            request -> {
              notifier.unsubscribe(request.required("bucket").asText());
              return Map.of();
            },
            "/next-sequencer",
            request -> Map.of("sequencer", notifier.nextSequencer()),
            "/inject",
            request -> Map.of("id", traffic.inject(json.treeToValue(request, Fault.class))),
            "/hits",
            request -> Map.of("hits", traffic.hits(id(request))),
            "/remove",
            request -> {
              traffic.remove(id(request));
              return Map.of();
            },
            "/watch",
            request -> Map.of("id", traffic.watch(json.treeToValue(request, RequestMatch.class))),
            "/counts",
            request -> traffic.counts(id(request)),
            "/unwatch",
            request -> {
              traffic.unwatch(id(request));
              return Map.of();
            });
  }

  static ControlServer start(Notifier notifier, Traffic traffic) throws IOException {
    InetAddress host = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    HttpServer http = HttpServer.create(new InetSocketAddress(host, 0), 0);
    ControlServer control = new ControlServer(http, notifier, traffic);
    http.createContext("/", control::handle);
    http.start();
    return control;
  }

  int port() {
    return server.getAddress().getPort();
  }

  private static long id(JsonNode request) {
    return request.required("id").asLong();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      Command command = commands.get(exchange.getRequestURI().getPath());
      JsonNode request = json.readTree(exchange.getRequestBody());
      if (command == null) {
        answer(exchange, 404, Map.of("error", "no such command"));
        return;
      }
      try {
        answer(exchange, 200, command.run(request));
      } catch (IOException | IllegalArgumentException e) {
        answer(exchange, 400, Map.of("error", String.valueOf(e.getMessage())));
      }
    }
  }

  private void answer(HttpExchange exchange, int status, Object answer) throws IOException {
    byte[] body = json.writeValueAsString(answer).getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
  }
}
