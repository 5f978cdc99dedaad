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
import java.util.List;

/** Puts objects into the bucket, and tells the queue of all of them once they are there. */
final class Uploads {
  private final LocalStack stack;
  private final String queue;
  private final StreamPlaces places;
  private int number;

  Uploads(LocalStack stack, String queue, StreamPlaces places) {
    this.stack = stack;
    this.queue = queue;
    this.places = places;
  }

  /** A file's bytes under so many keys that there were not before. */
  void put(Path file, int count) throws IOException {
    List<String> messages = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String key = places.key(number++);
      String etag =
          stack
              .s3()
              .putObject(request -> request.bucket(StreamPlaces.LANDING).key(key), file)
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
    messages.forEach(message -> stack.send(queue, message));
  }
}
