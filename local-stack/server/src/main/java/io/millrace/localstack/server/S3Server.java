package io.millrace.localstack.server;

import io.millrace.localstack.control.RequestMatch;
import io.millrace.localstack.server.nio2blob.FileStore;
import java.lang.reflect.Field;
import java.net.URI;
import java.nio.file.Path;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.shaded.org.eclipse.jetty.server.AbstractConnector;
import org.gaul.shaded.org.eclipse.jetty.server.Connector;
import org.gaul.shaded.org.eclipse.jetty.server.Server;

/** S3Proxy over a directory, with our front before it and our stores below it. */
final class S3Server {
  /** Longer than any stall that a test wants to see. */
  private static final long IDLE_MILLIS = 600_000;

  private final int port;

  private S3Server(int port) {
    this.port = port;
  }

  static S3Server start(int port, Path directory, Notifier notifier, Traffic traffic)
      throws Exception {
    BlobStore store = new NotifyingBlobStore(new FileStore(directory), notifier);
    S3Proxy proxy =
        S3Proxy.builder()
            .blobStore(store)
            .endpoint(URI.create("http://" + StackServer.HOST + ":" + port))
            .ignoreUnknownHeaders(true)
            .stopTimeout(0)
            .build();
    Server server = jettyOf(proxy);
    server.setHandler(
        new TrafficHandler(
            RequestMatch.Service.S3,
            traffic,
            new NotificationHandler(notifier, server.getHandler())));
    for (Connector connector : server.getConnectors()) {
      ((AbstractConnector) connector).setIdleTimeout(IDLE_MILLIS);
    }
    proxy.start();
    return new S3Server(proxy.getPort());
  }

  int port() {
    return port;
  }

  /** S3Proxy keeps its server to itself; a front inside it saves a second hop over HTTP. */
  private static Server jettyOf(S3Proxy proxy) throws ReflectiveOperationException {
    Field server = S3Proxy.class.getDeclaredField("server");
    server.setAccessible(true);
    return (Server) server.get(proxy);
  }
}
