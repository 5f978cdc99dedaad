package io.millrace.notification;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.notification.ManifestReader.Answer;
import io.millrace.notification.ManifestReader.Denied;
import io.millrace.notification.ManifestReader.Description;
import io.millrace.notification.ManifestReader.ObjectName;
import io.millrace.notification.ManifestReader.Refused;
import io.millrace.notification.ManifestReader.Unavailable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
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
    List<Numbered> wanted = new ArrayList<>();
    int number = 0;
    for (JsonNode node : entries) {
      number++;
      try {
        ManifestEntry entry = ManifestEntry.parse(node);
        decoded.requireAllowed(entry.address().bucket());
        if (decoded.wants(entry.address().key())) {
          wanted.add(new Numbered(number, entry));
        }
      } catch (MalformedRecordException e) {
        decoded.reject(where(number), e);
      }
    }
    Map<ObjectName, Answer> answers = answers(wanted);
    for (Numbered each : wanted) {
      try {
        take(each.entry(), answers, sentAt, decoded);
      } catch (MalformedRecordException e) {
        decoded.reject(where(each.number()), e);
      }
    }
  }

  private record Numbered(int number, ManifestEntry entry) {}

  private static String where(int number) {
    return "entry " + number + ": ";
  }

  private static void take(
      ManifestEntry entry, Map<ObjectName, Answer> answers, Instant sentAt, DecodedRecords decoded)
      throws MalformedRecordException {
    Notification notification;
    if (!entry.isOpen()) {
      notification = entry.notification(sentAt);
    } else if (answers.get(entry.name()) instanceof Description found) {
      notification = entry.notification(found);
    } else if (answers.get(entry.name()) instanceof Unavailable unavailable) {
      decoded.postpone(
          "S3 does not give what its manifest needs: it answers " + unavailable.said());
      return;
    } else {
      throw fault(answers.get(entry.name()));
    }
    if (notification.sizeBytes() == 0) {
      decoded.ignore(IgnoredReason.EMPTY_OBJECT);
    } else {
      decoded.take(notification);
    }
  }

  /** What S3 says of all that the entries leave open. */
  private Map<ObjectName, Answer> answers(List<Numbered> entries) {
    List<ObjectName> open =
        entries.stream()
            .map(Numbered::entry)
            .filter(ManifestEntry::isOpen)
            .map(ManifestEntry::name)
            .distinct()
            .toList();
    if (open.isEmpty()) {
      return Map.of();
    }
    List<Answer> given = s3.describe(open);
    Set<String> readable = new HashSet<>();
    for (int i = 0; i < given.size(); i++) {
      if (given.get(i) instanceof Description) {
        readable.add(open.get(i).bucket());
      }
    }
    Map<ObjectName, Answer> answers = new HashMap<>();
    for (int i = 0; i < given.size(); i++) {
      boolean isOfAll = given.get(i) instanceof Denied && !readable.contains(open.get(i).bucket());
      answers.put(
          open.get(i), isOfAll ? new Unavailable(((Denied) given.get(i)).said()) : given.get(i));
    }
    return answers;
  }

  private static MalformedRecordException fault(@Nullable Answer answer) {
    if (answer instanceof Refused refused) {
      return new MalformedRecordException("S3 refuses the object: it answers " + refused.said());
    }
    if (answer instanceof Denied denied) {
      return new MalformedRecordException("S3 denies the object: it answers " + denied.said());
    }
    return new MalformedRecordException("the object does not exist");
  }
}
