package io.millrace.demo.check;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.s3.S3Client;

/** The objects of a bucket as they are now, in the order of their keys. */
final class SourceObjects {
  private static final int BUFFER_BYTES = 1 << 16;

  /**
   * One object.
   *
   * @param tag its ETag without quotes
   */
  record SourceObject(String key, String tag, long sizeBytes) {}

  /** Takes the lines of objects. */
  interface LineConsumer {
    /**
     * Takes a line that is not empty.
     *
     * @param object the object's index
     * @param offset where the line begins, in bytes
     * @param line without its end
     */
    void accept(int object, long offset, byte[] line);
  }

  private final S3Client s3;
  private final String bucket;
  private final List<SourceObject> objects;
  private final Map<String, Integer> indexes = new HashMap<>();
  private final byte[] buffer = new byte[BUFFER_BYTES];

  private SourceObjects(S3Client s3, String bucket, List<SourceObject> objects) {
    this.s3 = s3;
    this.bucket = bucket;
    this.objects = objects;
    for (SourceObject object : objects) {
      indexes.put(object.key(), indexes.size());
    }
  }

  static SourceObjects list(S3Client s3, String bucket) {
    List<SourceObject> objects = new ArrayList<>();
    s3.listObjectsV2Paginator(request -> request.bucket(bucket)).contents().stream()
        .map(o -> new SourceObject(o.key(), o.eTag().replace("\"", ""), o.size()))
        .forEach(objects::add);
    return new SourceObjects(s3, bucket, List.copyOf(objects));
  }

  int count() {
    return objects.size();
  }

  long bytes() {
    return objects.stream().mapToLong(SourceObject::sizeBytes).sum();
  }

  SourceObject get(int index) {
    return objects.get(index);
  }

  /** The index of a key, or -1 where there is no such object. */
  int indexOf(String key) {
    return indexes.getOrDefault(key, -1);
  }

  /** Reads all lines of all objects. */
  void forEachLine(LineConsumer consumer) throws IOException {
    for (int index = 0; index < objects.size(); index++) {
      String key = objects.get(index).key();
      try (InputStream in = s3.getObject(request -> request.bucket(bucket).key(key))) {
        forEachLine(index, in, consumer);
      }
    }
  }

  private void forEachLine(int index, InputStream in, LineConsumer consumer) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    long position = 0;
    long begin = 0;
    for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
      int from = 0;
      for (int i = 0; i < length; i++) {
        if (buffer[i] == '\n') {
          line.write(buffer, from, i - from);
          deliver(index, begin, line, consumer);
          from = i + 1;
          begin = position + from;
        }
      }
      line.write(buffer, from, length - from);
      position += length;
    }
    deliver(index, begin, line, consumer);
  }

  private static void deliver(
      int index, long begin, ByteArrayOutputStream line, LineConsumer consumer) {
    if (line.size() > 0) {
      consumer.accept(index, begin, line.toByteArray());
      line.reset();
    }
  }
}
