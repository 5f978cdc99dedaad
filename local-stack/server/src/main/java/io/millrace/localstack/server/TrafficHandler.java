package io.millrace.localstack.server;

import io.millrace.localstack.control.RequestMatch;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.gaul.shaded.org.eclipse.jetty.io.Content;
import org.gaul.shaded.org.eclipse.jetty.server.Handler;
import org.gaul.shaded.org.eclipse.jetty.server.Request;
import org.gaul.shaded.org.eclipse.jetty.server.Response;
import org.gaul.shaded.org.eclipse.jetty.util.Callback;
import org.gaul.shaded.org.eclipse.jetty.util.URIUtil;
import org.jspecify.annotations.Nullable;

/** The front of a server: has each request counted, and does to it what a fault asks for. */
final class TrafficHandler extends Handler.Wrapper {
  private static final String TARGET = "X-Amz-Target";

  private final RequestMatch.Service service;
  private final Traffic traffic;

  TrafficHandler(RequestMatch.Service service, Traffic traffic, Handler behind) {
    super(behind);
    this.service = service;
    this.traffic = traffic;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    Traffic.Strike strike = arrived(request);
    if (strike == null) {
      return super.handle(request, response, callback);
    }
    long number = strike.fault().number();
    switch (strike.fault().kind()) {
      case STATUS -> {
        Content.Source.consumeAll(request); // clients look for an answer only after their body
        refuse(response, Math.toIntExact(number), strike.fault().code(), callback);
        return true;
      }
      case CUT_BEFORE -> {
        BrokenResponse.cut(request);
        callback.failed(new IOException("cut by a fault"));
        return true;
      }
      case ENTRIES_FAIL -> {
        request.setAttribute(ForwardingHandler.FAIL_EVERY, Math.toIntExact(number));
        return super.handle(request, response, callback);
      }
      default -> {
        BrokenResponse broken = new BrokenResponse(request, response, strike);
        return super.handle(request, broken, broken.completing(callback));
      }
    }
  }

  /** Faults read bodies and so block, whatever the handler behind us does. */
  @Override
  public InvocationType getInvocationType() {
    return InvocationType.BLOCKING;
  }

  private Traffic.@Nullable Strike arrived(Request request) {
    if (service == RequestMatch.Service.SQS) {
      String target = request.getHeaders().get(TARGET);
      String action = target == null ? "" : target.substring(target.lastIndexOf('.') + 1);
      return traffic.arrived(service, action, "", "");
    }
    String path = URIUtil.decodePath(request.getHttpURI().getPath());
    int slash = path.indexOf('/', 1);
    String bucket = slash < 0 ? path.substring(1) : path.substring(1, slash);
    String key = slash < 0 ? "" : path.substring(slash + 1);
    return traffic.arrived(service, request.getMethod(), bucket, key);
  }

  private void refuse(Response response, int status, @Nullable String code, Callback callback) {
    boolean s3 = service == RequestMatch.Service.S3;
    String message = "a fault of the local stack";
    String body =
        s3
            ? "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>%s</Code><Message>%s</Message></Error>"
                .formatted(code == null ? s3Code(status) : code, message)
            : "{\"__type\":\"com.amazonaws.sqs#%s\",\"message\":\"%s\"}"
                .formatted(status < 500 ? "AccessDenied" : "InternalError", message);
    response.setStatus(status);
    response
        .getHeaders()
        .put("Content-Type", s3 ? "application/xml" : "application/x-amz-json-1.0");
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    response.getHeaders().put("Content-Length", bytes.length);
    response.write(true, ByteBuffer.wrap(bytes), callback);
  }

  private static String s3Code(int status) {
    return switch (status) {
      case 403 -> "AccessDenied";
      case 404 -> "NoSuchKey";
      case 409 -> "ConditionalRequestConflict";
      case 412 -> "PreconditionFailed";
      case 503 -> "SlowDown";
      default -> status < 500 ? "InvalidRequest" : "InternalError";
    };
  }
}
