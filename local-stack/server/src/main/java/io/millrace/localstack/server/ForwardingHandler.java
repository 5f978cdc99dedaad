package io.millrace.localstack.server;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.gaul.shaded.org.eclipse.jetty.http.HttpField;
import org.gaul.shaded.org.eclipse.jetty.io.Content;
import org.gaul.shaded.org.eclipse.jetty.server.Handler;
import org.gaul.shaded.org.eclipse.jetty.server.Request;
import org.gaul.shaded.org.eclipse.jetty.server.Response;
import org.gaul.shaded.org.eclipse.jetty.util.Callback;
import org.gaul.shaded.org.eclipse.jetty.util.Promise;

/** Forwards small requests whole to another server and its answers whole back. */
final class ForwardingHandler extends Handler.Abstract.NonBlocking {
  /** The attribute of a request, an integer n, that asks for each n-th entry of it to fail. */
  static final String FAIL_EVERY = "millrace.fail-every";

  /** A batch of ten messages of 1 MiB, escaped. */
  private static final int MAX_BODY_BYTES = 32 << 20;

  /** Headers of one connection, and those that the HTTP client sets itself. */
  private static final Set<String> NOT_FORWARDED =
      Set.of("connection", "content-length", "expect", "host", "transfer-encoding", "upgrade");

  private final HttpClient http;
  private volatile URI target = URI.create("http://127.0.0.1:9");

  ForwardingHandler(HttpClient http) {
    this.http = http;
  }

  /** Says where to; before the first request. */
  void forwardTo(URI backend) {
    target = backend;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    CompletableFuture<byte[]> whole = new CompletableFuture<>();
    Content.Source.asByteArrayAsync(request, MAX_BODY_BYTES, Promise.Invocable.toPromise(whole));
    callback.completeWith(
        whole
            .thenCompose(body -> answer(request, response, body))
            .thenCompose(
                answer ->
                    Callback.Completable.with(
                        done -> response.write(true, ByteBuffer.wrap(answer), done))));
    return true;
  }

  /** The body of the answer, when the response has its status and headers. */
  private CompletableFuture<byte[]> answer(Request request, Response response, byte[] body) {
    if (!(request.getAttribute(FAIL_EVERY) instanceof Integer every)) {
      return send(request, response, body);
    }
    PartialBatch batch = PartialBatch.of(body, every);
    if (batch.isEmpty()) {
      response.getHeaders().put("Content-Type", "application/x-amz-json-1.0");
      return CompletableFuture.completedFuture(batch.answer());
    }
    return send(request, response, batch.rest())
        .thenApply(answer -> response.getStatus() == 200 ? batch.answer(answer) : answer);
  }

  private CompletableFuture<byte[]> send(Request request, Response response, byte[] body) {
    return http.sendAsync(forwarded(request, body), BodyHandlers.ofByteArray())
        .thenApply(
            answer -> {
              describe(answer, response);
              return answer.body();
            });
  }

  private HttpRequest forwarded(Request request, byte[] body) {
    HttpRequest.Builder builder =
        HttpRequest.newBuilder(target.resolve(request.getHttpURI().getPathQuery()))
            .method(request.getMethod(), BodyPublishers.ofByteArray(body));
    for (HttpField field : request.getHeaders()) {
      if (isForwarded(field.getName())) {
        builder.header(field.getName(), field.getValue());
      }
    }
    return builder.build();
  }

  private static void describe(HttpResponse<byte[]> answer, Response response) {
    response.setStatus(answer.statusCode());
    answer
        .headers()
        .map()
        .forEach(
            (name, values) -> {
              if (isForwarded(name)) {
                response.getHeaders().put(name, values);
              }
            });
  }

  private static boolean isForwarded(String name) {
    return !NOT_FORWARDED.contains(name.toLowerCase(Locale.ROOT));
  }
}
