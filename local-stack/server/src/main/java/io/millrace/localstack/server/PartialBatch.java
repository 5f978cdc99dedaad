package io.millrace.localstack.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Takes each n-th entry out of a batch for SQS, and reports it as failed in the answer. */
final class PartialBatch {
  private static final JsonMapper JSON = new JsonMapper();

  private final ObjectNode request;
  private final ArrayNode failed = JSON.createArrayNode();

  private PartialBatch(ObjectNode request) {
    this.request = request;
  }

  /**
   * Parts a batch.
   *
   * @param body the request in SQS's JSON protocol
   * @param every which entries fail, counted from 1
   * @throws UncheckedIOException when this is no batch
   */
  static PartialBatch of(byte[] body, int every) {
    ObjectNode request = parsed(body);
    ArrayNode kept = JSON.createArrayNode();
    PartialBatch batch = new PartialBatch(request);
    int number = 0;
    for (JsonNode entry : request.required("Entries")) {
      if (++number % every == 0) {
        batch.fail(entry.required("Id").asText());
      } else {
        kept.add(entry);
      }
    }
    request.set("Entries", kept);
    return batch;
  }

  /** Whether nothing is left to send; SQS refuses a batch without entries. */
  boolean isEmpty() {
    return request.required("Entries").isEmpty();
  }

  /** The request without the entries that fail. */
  byte[] rest() {
    return bytes(request);
  }

  /** The answer when nothing was sent. */
  byte[] answer() {
    return answer("{\"Successful\":[]}".getBytes(StandardCharsets.UTF_8));
  }

  /** SQS's answer to the rest, with the entries that failed. */
  byte[] answer(byte[] toTheRest) {
    ObjectNode answer = parsed(toTheRest);
    answer.withArray("Failed").addAll(failed);
    return bytes(answer);
  }

  private static ObjectNode parsed(byte[] json) {
    try {
      return (ObjectNode) JSON.readTree(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] bytes(ObjectNode json) {
    return json.toString().getBytes(StandardCharsets.UTF_8);
  }

  private void fail(String id) {
    failed
        .addObject()
        .put("Id", id)
        .put("SenderFault", false)
        .put("Code", "InternalError")
        .put("Message", "a fault of the local stack");
  }
}
