package io.millrace.notification;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.notification.ManifestReader.Answer;
import io.millrace.notification.ManifestReader.Denied;
import io.millrace.notification.ManifestReader.Description;
import io.millrace.notification.ManifestReader.ObjectName;
import io.millrace.notification.ManifestReader.Refused;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads lists of objects that a person or a program wrote, rather than S3. */
final class Manifests {
  private final ManifestReader s3;

  Manifests(ManifestReader s3) {
    this.s3 = s3;
  }

  /** The bytes of a manifest that a message refers to. */
  byte[] fetch(String uri, DecodedRecords decoded) throws MalformedRecordException {
    ManifestEntry.Address address = ManifestEntry.Address.parse(uri);
    decoded.requireAllowed(address.bucket());
    int limit = NotificationDecoder.MAX_MANIFEST_BYTES;
    byte[] bytes =
        s3.read(address.bucket(), address.key(), limit + 1)
            .orElseThrow(() -> new MalformedRecordException("the manifest does not exist"));
    if (bytes.length > limit) {
      throw new MalformedRecordException("the manifest has more than " + limit + " bytes");
    }
    return bytes;
  }

  /** The entries; {@code sentAt} is the event time of those that tell all but that. */
  void readAll(JsonNode entries, Instant sentAt, DecodedRecords decoded)
      throws MalformedRecordException {
    int limit = NotificationDecoder.MAX_MANIFEST_ENTRIES;
    if (!entries.isArray() || entries.isEmpty()) {
      throw new MalformedRecordException("the manifest is not a list with an entry");
    }
    if (entries.size() > limit) {
      throw new MalformedRecordException(
          "the manifest has " + entries.size() + " entries, more than " + limit);
    }
    Map<ObjectName, Answer> answers = answers(openNames(entries, decoded));
    int number = 0;
    for (JsonNode entry : entries) {
      number++;
      try {
        read(ManifestEntry.parse(entry), answers, sentAt, decoded);
      } catch (MalformedRecordException e) {
        decoded.reject("entry " + number + ": ", e);
      }
    }
  }

  private static void read(
      ManifestEntry entry, Map<ObjectName, Answer> answers, Instant sentAt, DecodedRecords decoded)
      throws MalformedRecordException {
    decoded.requireAllowed(entry.address().bucket());
    if (!decoded.wants(entry.address().key())) {
      return;
    }
    Notification notification =
        entry.isOpen()
            ? entry.notification(description(answers.get(entry.name())))
            : entry.notification(sentAt);
    if (notification.sizeBytes() == 0) {
      decoded.ignore(IgnoredReason.EMPTY_OBJECT);
    } else {
      decoded.take(notification);
    }
  }

  /** What S3 has to be asked for. All at once: there may be thousands. */
  private static List<ObjectName> openNames(JsonNode entries, DecodedRecords decoded) {
    Set<ObjectName> names = new LinkedHashSet<>();
    for (JsonNode node : entries) {
      try {
        ManifestEntry entry = ManifestEntry.parse(node);
        if (entry.isOpen() && decoded.mayWant(entry.address().bucket(), entry.address().key())) {
          names.add(entry.name());
        }
      } catch (MalformedRecordException e) {
        // It is told of where entries are read.
      }
    }
    return List.copyOf(names);
  }

  private Map<ObjectName, Answer> answers(List<ObjectName> open) {
    if (open.isEmpty()) {
      return Map.of();
    }
    List<Answer> given = s3.describe(open);
    Map<ObjectName, Answer> answers = new HashMap<>();
    Set<String> readable = new HashSet<>();
    for (int i = 0; i < given.size(); i++) {
      answers.put(open.get(i), given.get(i));
      if (given.get(i) instanceof Description) {
        readable.add(open.get(i).bucket());
      }
    }
    answers.forEach(
        (object, answer) -> {
          if (answer instanceof Denied denied && !readable.contains(object.bucket())) {
            throw new ManifestUnavailableException(
                "S3 denies what its manifest needs: it answers " + denied.said(), null);
          }
        });
    return answers;
  }

  private static Description description(@Nullable Answer answer) throws MalformedRecordException {
    if (answer instanceof Description found) {
      return found;
    }
    if (answer instanceof Refused refused) {
      throw new MalformedRecordException("S3 refuses the object: it answers " + refused.said());
    }
    if (answer instanceof Denied denied) {
      throw new MalformedRecordException("S3 denies the object: it answers " + denied.said());
    }
    throw new MalformedRecordException("the object does not exist");
  }
}
