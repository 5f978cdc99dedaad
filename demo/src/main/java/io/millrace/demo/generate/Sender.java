package io.millrace.demo.generate;

import io.millrace.localstack.LocalStack;
import io.millrace.localstack.events.Envelope;
import io.millrace.localstack.events.S3Event;
import io.millrace.localstack.events.S3Events;
import java.time.Instant;
import java.util.List;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;

/**
 * Puts objects into the bucket, whose events S3 sends, with what goes wrong in real life: one
 * object is gone before it is read, one is overwritten, messages come twice and in every envelope.
 *
 * <p>One thread sends; any thread may ask how far it is.
 */
public final class Sender {
  /** The schema of all records, as DDL. */
  public static final String SCHEMA = RecordGenerator.SCHEMA;

  /** The column of the records whose time partitions the table. */
  public static final String TIMESTAMP = RecordGenerator.TIMESTAMP;

  /** Every so many objects' notifications are sent again, beginning with the second object. */
  static final int OBJECTS_PER_DUPLICATE = 4;

  private static final List<Envelope> ENVELOPES = List.of(Envelope.values());
  private static final int OVERWRITTEN = 0;

  private final LocalStack stack;
  private final String bucket;
  private final String queue;
  private final int objects;
  private final ObjectGenerator generator;
  private volatile Shipment shipment = new Shipment(0, 0, 0, 0, false);

  /**
   * @param queue the URL of the queue that is to have the events
   * @param objects how many keys there will be in the end
   */
  public Sender(
      LocalStack stack, String bucket, String queue, int objects, long objectBytes, long seed) {
    this.stack = stack;
    this.bucket = bucket;
    this.queue = queue;
    this.objects = objects;
    this.generator = new ObjectGenerator(seed, objectBytes);
  }

  /** How far it is. */
  public Shipment shipment() {
    return shipment;
  }

  /** Sends what S3 sends when notifications are set up, and the object that will not be there. */
  public void begin() {
    stack.send(queue, S3Events.testEvent(bucket));
    count(0, 0, 0, 1);
    stack.notifyOn(bucket, queue, Envelope.S3);
    byte[] bytes = generator.object(objects, 1);
    String key = "orders/recalled.ndjson";
    put(key, bytes);
    stack.s3().deleteObject(request -> request.bucket(bucket).key(key));
    count(0, 1, bytes.length, 2);
  }

  /** Sends the objects numbered from {@code from} to before {@code to}. */
  public void send(int from, int to, Pace pace) throws InterruptedException {
    for (int number = from; number < to; number++) {
      Envelope envelope = ENVELOPES.get(number % ENVELOPES.size());
      stack.notifyOn(bucket, queue, envelope);
      byte[] bytes = generator.object(number, 1);
      String tag = put(key(number), bytes);
      count(1, 1, bytes.length, 1);
      if (number % OBJECTS_PER_DUPLICATE == 1) {
        notifyAgain(envelope, key(number), bytes.length, tag);
      }
      pace.await();
    }
  }

  /** Overwrites an object that was sent before, and ends. */
  public void end() {
    byte[] bytes = generator.object(OVERWRITTEN, 2);
    put(key(OVERWRITTEN), bytes);
    count(0, 1, bytes.length, 1);
    Shipment all = shipment;
    shipment = new Shipment(all.objects(), all.versions(), all.bytes(), all.messages(), true);
  }

  private String put(String key, byte[] bytes) {
    PutObjectResponse response =
        stack.s3().putObject(r -> r.bucket(bucket).key(key), RequestBody.fromBytes(bytes));
    return response.eTag().replace("\"", "");
  }

  private void notifyAgain(Envelope envelope, String key, long size, String tag) {
    S3Event event =
        new S3Event(
            S3Event.PUT,
            Instant.now(),
            stack.region(),
            bucket,
            key,
            size,
            tag,
            null,
            stack.nextSequencer());
    stack.send(queue, S3Events.body(envelope, event));
    count(0, 0, 0, 1);
  }

  /** Every third key has what must be encoded. */
  private static String key(int number) {
    String shop = number % 3 == 1 ? "Köln + Umland=1" : "amsterdam";
    return "orders/%s/part-%05d.ndjson".formatted(shop, number);
  }

  private void count(int moreObjects, int versions, long bytes, int messages) {
    Shipment before = shipment;
    shipment =
        new Shipment(
            before.objects() + moreObjects,
            before.versions() + versions,
            before.bytes() + bytes,
            before.messages() + messages,
            false);
  }
}
