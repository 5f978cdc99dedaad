package io.millrace.localstack.server;

import io.millrace.localstack.control.Subscription;
import io.millrace.localstack.events.Envelope;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.function.Predicate;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/**
 * What a client asked of S3's {@code PutBucketNotificationConfiguration}, as far as this stack
 * knows it: one queue that gets all creations.
 *
 * @param subscription null where the bucket is to send nothing
 * @param keys those whose changes are sent
 */
record NotificationSettings(@Nullable Subscription subscription, Predicate<String> keys) {
  private static final String DISALLOW_DOCTYPE =
      "http://apache.org/xml/features/disallow-doctype-decl";

  /**
   * Reads S3's XML.
   *
   * @throws IllegalArgumentException where it is something else, or wants what this stack lacks
   */
  static NotificationSettings parse(String bucket, byte[] xml) throws IOException {
    Document document = document(xml);
    NodeList queues = document.getElementsByTagName("QueueConfiguration");
    for (String other :
        new String[] {
          "TopicConfiguration", "CloudFunctionConfiguration", "EventBridgeConfiguration"
        }) {
      if (document.getElementsByTagName(other).getLength() > 0) {
        throw new IllegalArgumentException("this stack sends events to a queue only: " + other);
      }
    }
    if (queues.getLength() == 0) {
      return new NotificationSettings(null, key -> false);
    }
    if (queues.getLength() > 1) {
      throw new IllegalArgumentException("this stack sends the events of a bucket to one queue");
    }
    Element queue = (Element) queues.item(0);
    NodeList events = queue.getElementsByTagName("Event");
    for (int i = 0; i < events.getLength(); i++) {
      if (!events.item(i).getTextContent().startsWith("s3:ObjectCreated:")) {
        throw new IllegalArgumentException(
            "this stack sends creations only: " + events.item(i).getTextContent());
      }
    }
    return new NotificationSettings(
        new Subscription(bucket, queueUrl(text(queue, "Queue")), Envelope.S3), keys(queue));
  }

  private static Predicate<String> keys(Element queue) {
    Predicate<String> keys = key -> true;
    NodeList rules = queue.getElementsByTagName("FilterRule");
    for (int i = 0; i < rules.getLength(); i++) {
      Element rule = (Element) rules.item(i);
      String value = text(rule, "Value");
      boolean prefix = text(rule, "Name").equalsIgnoreCase("prefix");
      keys = keys.and(key -> prefix ? key.startsWith(value) : key.endsWith(value));
    }
    return keys;
  }

  /** Of {@code arn:aws:sqs:REGION:ACCOUNT:NAME}. */
  private static String queueUrl(String arn) {
    String[] parts = arn.split(":", -1);
    if (parts.length != 6 || !parts[2].equals("sqs")) {
      throw new IllegalArgumentException("no ARN of a queue: " + arn);
    }
    return "http://%s/%s/%s".formatted(StackServer.HOST, parts[4], parts[5]);
  }

  private static String text(Element parent, String name) {
    NodeList found = parent.getElementsByTagName(name);
    if (found.getLength() == 0) {
      throw new IllegalArgumentException("there is no " + name);
    }
    return found.item(0).getTextContent().strip();
  }

  private static Document document(byte[] xml) throws IOException {
    try {
      DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
      factory.setFeature(DISALLOW_DOCTYPE, true);
      return factory.newDocumentBuilder().parse(new ByteArrayInputStream(xml));
    } catch (SAXException e) {
      throw new IllegalArgumentException("no XML: " + e.getMessage(), e);
    } catch (ParserConfigurationException e) {
      throw new IllegalStateException(e);
    }
  }
}
