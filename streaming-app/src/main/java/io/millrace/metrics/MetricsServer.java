package io.millrace.metrics;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.millrace.request.Background;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Answers {@code /metrics}, {@code /health} and {@code /health/live} over HTTP. Without
 * authentication: it shows no user data, and listens where it was told to.
 */
final class MetricsServer implements AutoCloseable {
  /** Requests that are answered at once; a slow reader takes one. */
  static final int THREADS = 4;

  private static final String TEXT = "text/plain; charset=utf-8";
  private static final String JSON = "application/json; charset=utf-8";

  private final PrometheusMeterRegistry registry;
  private final HttpServer server;
  private final ExecutorService threads;
  private volatile Health health = Health.starting();

  private MetricsServer(PrometheusMeterRegistry registry, HttpServer server) {
    this.registry = registry;
    this.server = server;
    this.threads = Executors.newFixedThreadPool(THREADS, Background.threads("metrics-http"));
  }

  /**
   * Listens.
   *
   * @throws MetricsException where it can't
   */
  static MetricsServer start(BindAddress bind, PrometheusMeterRegistry registry) {
    try {
      HttpServer http = HttpServer.create(new InetSocketAddress(bind.host(), bind.port()), 0);
      MetricsServer server = new MetricsServer(registry, http);
      http.setExecutor(server.threads);
      http.createContext("/", server::answer);
      http.start();
      return server;
    } catch (BindException | UnresolvedAddressException e) {
      throw new MetricsException(
          ("metrics.bind is %s, where this machine can't listen: another program has the port, or"
                  + " the address is not one of this machine's. Choose another address, port 0 for"
                  + " any free port, or none for no metrics")
              .formatted(bind),
          e);
    } catch (IOException e) {
      throw new MetricsException("metrics.bind is %s: cannot listen there".formatted(bind), e);
    }
  }

  /** From now on this is what health is. */
  void tell(Health now) {
    health = now;
  }

  /** Where it listens. */
  InetSocketAddress address() {
    return server.getAddress();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String method = exchange.getRequestMethod();
      if (!method.equals("GET") && !method.equals("HEAD")) {
        exchange.getResponseHeaders().set("Allow", "GET, HEAD");
        send(exchange, 405, TEXT, utf8("only GET and HEAD\n"));
        return;
      }
      switch (exchange.getRequestURI().getPath()) {
        case "/metrics" -> sendMetrics(exchange);
        case "/health" -> {
          Health.Report report = health.report();
          send(exchange, report.ready() ? 200 : 503, JSON, utf8(report.json()));
        }
        case "/health/live" -> {
          Health.Report report = health.report();
          send(exchange, report.live() ? 200 : 503, JSON, utf8(report.json()));
        }
        default -> send(exchange, 404, TEXT, utf8("there are /metrics, /health, /health/live\n"));
      }
    }
  }

  private void sendMetrics(HttpExchange exchange) throws IOException {
    String accepted = exchange.getRequestHeaders().getFirst("Accept");
    String type =
        accepted != null && accepted.contains("application/openmetrics-text")
            ? "application/openmetrics-text; version=1.0.0; charset=utf-8"
            : "text/plain; version=0.0.4; charset=utf-8";
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    registry.scrape(body, type);
    send(exchange, 200, type, body.toByteArray());
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static void send(HttpExchange exchange, int status, String type, byte[] body)
      throws IOException {
    exchange.getResponseHeaders().set("Content-Type", type);
    boolean head = exchange.getRequestMethod().equals("HEAD");
    exchange.sendResponseHeaders(status, head ? -1 : body.length);
    if (!head) {
      exchange.getResponseBody().write(body);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
