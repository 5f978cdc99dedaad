package io.millrace.benchmarks.stream;

import io.millrace.localstack.LocalStack;
import io.millrace.localstack.events.Envelope;
import io.millrace.localstack.events.S3Event;
import io.millrace.localstack.events.S3Events;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Puts objects into the bucket: copies of a file's bytes, which go to the server once. */
final class Uploads {
  private final LocalStack stack;
  private final String queue;
  private final StreamPlaces places;
  private final Set<String> originals = new HashSet<>();
  private int number;

  Uploads(LocalStack stack, String queue, StreamPlaces places) {
    this.stack = stack;
    this.queue = queue;
    this.places = places;
  }

  /**
   * Puts a file's bytes under so many keys that there were not before.
   *
   * @return the messages about them, of which the queue does not know yet
   */
  List<String> store(Path file, int count) throws IOException {
    String original = places.original(file);
    if (originals.add(original)) {
      stack.s3().putObject(request -> request.bucket(StreamPlaces.LANDING).key(original), file);
    }
    List<String> messages = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String key = places.key(number++);
      String etag =
          stack
              .s3()
              .copyObject(
                  request ->
                      request
                          .sourceBucket(StreamPlaces.LANDING)
                          .sourceKey(original)
                          .destinationBucket(StreamPlaces.LANDING)
                          .destinationKey(key))
              .copyObjectResult()
              .eTag()
              .replace("\"", "");
      messages.add(
          S3Events.body(
              Envelope.S3,
              new S3Event(
                  S3Event.PUT,
                  Instant.now(),
                  stack.region(),
                  StreamPlaces.LANDING,
                  key,
                  Files.size(file),
                  etag,
                  null,
                  stack.nextSequencer())));
    }
    return messages;
  }

  void announce(List<String> messages) {
    messages.forEach(message -> stack.send(queue, message));
  }
}
