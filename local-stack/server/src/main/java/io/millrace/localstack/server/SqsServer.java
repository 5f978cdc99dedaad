package io.millrace.localstack.server;

import io.millrace.localstack.control.RequestMatch;
import io.millrace.localstack.events.S3Events;
import java.net.URI;
import java.net.http.HttpClient;
import org.elasticmq.NodeAddress;
import org.elasticmq.rest.sqs.SQSRestServerBuilder;
import org.gaul.shaded.org.eclipse.jetty.server.Server;
import org.gaul.shaded.org.eclipse.jetty.server.ServerConnector;

/** ElasticMQ on a port that nobody is told, and the front on the port that everybody uses. */
final class SqsServer {
  /** Longer than the longest poll, which is 20 s. */
  private static final long IDLE_MILLIS = 120_000;

  private final int port;
  private final URI backend;

  private SqsServer(int port, URI backend) {
    this.port = port;
    this.backend = backend;
  }

  static SqsServer start(int port, HttpClient http, Traffic traffic) throws Exception {
    System.setProperty("pekko.loglevel", "WARNING");
    ForwardingHandler forwarding = new ForwardingHandler(http);
    Server front = new Server();
    ServerConnector connector = new ServerConnector(front);
    connector.setHost(StackServer.HOST);
    connector.setPort(port);
    connector.setIdleTimeout(IDLE_MILLIS);
    front.addConnector(connector);
    front.setHandler(new TrafficHandler(RequestMatch.Service.SQS, traffic, forwarding));
    connector.open(); // the port, which ElasticMQ has to know, without taking requests yet
    int elasticMqPort =
        SQSRestServerBuilder.withInterface(StackServer.HOST)
            .withPort(0)
            .withServerAddress(
                new NodeAddress("http", StackServer.HOST, connector.getLocalPort(), ""))
            .withAWSRegion(StackServer.REGION)
            .withAWSAccountId(S3Events.ACCOUNT)
            .start()
            .waitUntilStarted()
            .localAddress()
            .getPort();
    URI backend = URI.create("http://" + StackServer.HOST + ":" + elasticMqPort);
    forwarding.forwardTo(backend);
    front.start();
    return new SqsServer(connector.getLocalPort(), backend);
  }

  int port() {
    return port;
  }

  /** ElasticMQ itself, past the front and its faults. */
  URI backend() {
    return backend;
  }
}
