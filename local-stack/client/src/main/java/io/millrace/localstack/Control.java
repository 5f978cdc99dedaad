package io.millrace.localstack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** Sends commands to the server process. */
final class Control {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private final JsonMapper json = new JsonMapper();
  private final HttpClient http = HttpClient.newHttpClient();
  private final URI server;

  Control(int port) {
    this.server = URI.create("http://127.0.0.1:" + port);
  }

  /** Runs a command and returns its answer. */
  JsonNode call(String command, Object message) {
    try {
      HttpRequest request =
          HttpRequest.newBuilder(server.resolve("/" + command))
              .timeout(LIMIT)
              .POST(BodyPublishers.ofByteArray(json.writeValueAsBytes(message)))
              .build();
      HttpResponse<byte[]> response = http.send(request, BodyHandlers.ofByteArray());
      JsonNode answer = json.readTree(response.body());
      if (response.statusCode() != 200) {
        throw new LocalStackException(
            "the local stack refused " + command + ": " + answer.path("error").asText());
      }
      return answer;
    } catch (IOException e) {
      throw new LocalStackException("the local stack does not answer " + command, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LocalStackException("interrupted in " + command, e);
    }
  }
}
