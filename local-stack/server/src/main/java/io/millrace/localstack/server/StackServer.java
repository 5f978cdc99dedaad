package io.millrace.localstack.server;

import io.millrace.localstack.control.Addresses;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;

/** Puts the servers together: the composition root of the server process. */
final class StackServer {
  static final String HOST = "127.0.0.1";
  static final String REGION = "us-east-1";

  private final Addresses addresses;

  private StackServer(Addresses addresses) {
    this.addresses = addresses;
  }

  /** Starts everything and returns when all of it takes requests. */
  static StackServer start(ServerOptions options) throws Exception {
    HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    Traffic traffic = new Traffic();
    SqsServer sqs = SqsServer.start(options.sqsPort(), http, traffic);
    Notifier notifier = new Notifier(new QueueSender(http, sqs.backend()));
    S3Server s3 = S3Server.start(options.s3Port(), objects(options.data()), notifier, traffic);
    ControlServer control = ControlServer.start(notifier, traffic);
    return new StackServer(new Addresses(s3.port(), sqs.port(), control.port()));
  }

  Addresses addresses() {
    return addresses;
  }

  private static Path objects(Path data) throws IOException {
    return Files.createDirectories(data.resolve("s3"));
  }
}
