package io.millrace.localstack.server;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;

/** Sends messages to queues of one SQS server, in SQS's JSON protocol. */
final class QueueSender {
  private static final JsonMapper JSON = new JsonMapper();

  private final HttpClient http;
  private final URI server;

  QueueSender(HttpClient http, URI server) {
    this.http = http;
    this.server = server;
  }

  /** Returns when the queue has the message. */
  void send(String queueUrl, String body) throws IOException {
    HttpRequest request =
        HttpRequest.newBuilder(server)
            .header("Content-Type", "application/x-amz-json-1.0")
            .header("X-Amz-Target", "AmazonSQS.SendMessage")
            .POST(
                BodyPublishers.ofByteArray(
                    JSON.writeValueAsBytes(Map.of("QueueUrl", queueUrl, "MessageBody", body))))
            .build();
    try {
      HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
      if (response.statusCode() != 200) {
        throw new IOException(
            "SendMessage to " + queueUrl + ": " + response.statusCode() + " " + response.body());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while sending to " + queueUrl, e);
    }
  }
}
