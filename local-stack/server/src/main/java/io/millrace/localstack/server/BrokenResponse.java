package io.millrace.localstack.server;

import io.millrace.localstack.control.Fault;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.gaul.shaded.org.eclipse.jetty.server.Request;
import org.gaul.shaded.org.eclipse.jetty.server.Response;
import org.gaul.shaded.org.eclipse.jetty.util.BufferUtil;
import org.gaul.shaded.org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/** A response whose way to the client ends, or stops for a while, at a byte of its body. */
final class BrokenResponse extends Response.Wrapper {
  private final Request request;
  private final Traffic.Strike strike;
  private final Fault.Kind kind;
  private long bytesLeft;

  BrokenResponse(Request request, Response response, Traffic.Strike strike) {
    super(request, response);
    this.request = request;
    this.strike = strike;
    this.kind = strike.fault().kind();
    this.bytesLeft = strike.fault().number();
  }

  /** Ends the connection of a request, whatever is under way on it. */
  static void cut(Request request) {
    request.getConnectionMetaData().getConnection().getEndPoint().close();
  }

  /** The end of the request; an answer without a body may come to it without a write. */
  Callback completing(Callback callback) {
    return switch (kind) {
      case REPLY_LOST -> Callback.from(() -> cutAndFail(callback), callback::failed);
      case STALL -> Callback.from(() -> completeLater(callback), callback::failed);
      default -> callback;
    };
  }

  @Override
  public void write(boolean last, @Nullable ByteBuffer content, Callback callback) {
    if (kind == Fault.Kind.REPLY_LOST) {
      cutAndFail(callback);
      return;
    }
    ByteBuffer rest = content == null ? BufferUtil.EMPTY_BUFFER : content;
    if (rest.remaining() < bytesLeft || (kind == Fault.Kind.SHORT_BODY && isWhole(last, rest))) {
      bytesLeft -= rest.remaining();
      super.write(last, rest, callback);
      return;
    }
    ByteBuffer sent = rest.slice(rest.position(), Math.toIntExact(bytesLeft));
    rest.position(rest.position() + Math.toIntExact(bytesLeft));
    bytesLeft = 0;
    super.write(
        false, sent, Callback.from(() -> afterTheBreak(last, rest, callback), callback::failed));
  }

  /** Nothing of a body that ends here is missing, so that there is nothing to cut. */
  private boolean isWhole(boolean last, ByteBuffer rest) {
    return last && rest.remaining() == bytesLeft;
  }

  private void afterTheBreak(boolean last, ByteBuffer rest, Callback callback) {
    if (kind == Fault.Kind.SHORT_BODY) {
      cutAndFail(callback);
    } else {
      callback.completeWith(
          strike
              .removed()
              .thenCompose(
                  removed -> Callback.Completable.with(done -> super.write(last, rest, done))));
    }
  }

  private void completeLater(Callback callback) {
    if (bytesLeft > 0) {
      callback.succeeded();
    } else {
      callback.completeWith(strike.removed());
    }
  }

  private void cutAndFail(Callback callback) {
    cut(request);
    callback.failed(new IOException("cut by a fault"));
  }
}
