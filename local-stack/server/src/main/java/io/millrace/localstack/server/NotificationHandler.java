package io.millrace.localstack.server;

import io.millrace.localstack.control.Subscription;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import org.gaul.shaded.org.eclipse.jetty.io.Content;
import org.gaul.shaded.org.eclipse.jetty.server.Handler;
import org.gaul.shaded.org.eclipse.jetty.server.Request;
import org.gaul.shaded.org.eclipse.jetty.server.Response;
import org.gaul.shaded.org.eclipse.jetty.util.Callback;
import org.gaul.shaded.org.eclipse.jetty.util.Promise;

/**
 * Answers {@code PutBucketNotificationConfiguration}, which S3Proxy does not know. As S3 does, it
 * sends the queue a test event first and refuses a queue that does not take it.
 */
final class NotificationHandler extends Handler.Wrapper {
  private static final int MAX_BODY_BYTES = 1 << 20;

  private final Notifier notifier;

  NotificationHandler(Notifier notifier, Handler behind) {
    super(behind);
    this.notifier = notifier;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    String query = request.getHttpURI().getQuery();
    boolean ours =
        request.getMethod().equals("PUT")
            && query != null
            && (query.equals("notification") || query.equals("notification="));
    if (!ours) {
      return super.handle(request, response, callback);
    }
    String bucket = request.getHttpURI().getPath().replaceAll("^/|/$", "");
    CompletableFuture<byte[]> body = new CompletableFuture<>();
    Content.Source.asByteArrayAsync(request, MAX_BODY_BYTES, Promise.Invocable.toPromise(body));
    try {
      set(bucket, NotificationSettings.parse(bucket, body.get()));
      answer(response, 200, "", callback);
    } catch (IllegalArgumentException | IOException e) {
      answer(response, 400, error(String.valueOf(e.getMessage())), callback);
    }
    return true;
  }

  /** It waits for a body and for a queue. */
  @Override
  public InvocationType getInvocationType() {
    return InvocationType.BLOCKING;
  }

  private void set(String bucket, NotificationSettings settings) throws IOException {
    Subscription subscription = settings.subscription();
    if (subscription == null) {
      notifier.unsubscribe(bucket);
    } else {
      notifier.test(subscription);
      notifier.subscribe(subscription, settings.keys());
    }
  }

  private static String error(String message) {
    return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>InvalidArgument</Code><Message>%s</Message></Error>"
        .formatted(message.replace("&", "&amp;").replace("<", "&lt;"));
  }

  private static void answer(Response response, int status, String body, Callback callback) {
    response.setStatus(status);
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    response.getHeaders().put("Content-Type", "application/xml");
    response.getHeaders().put("Content-Length", bytes.length);
    response.write(true, ByteBuffer.wrap(bytes), callback);
  }
}
