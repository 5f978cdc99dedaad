package io.millrace.notification;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.notification.ManifestReader.Description;
import io.millrace.notification.Notification.Origin;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Reads lists of objects that a person or a program wrote, rather than S3. */
final class Manifests {
  private static final String SCHEME = "s3://";

  private final ManifestReader s3;

  Manifests(ManifestReader s3) {
    this.s3 = s3;
  }

  /** The bytes of a manifest that a message refers to. */
  byte[] fetch(String uri, DecodedRecords decoded) throws MalformedRecordException {
    Address address = Address.parse(uri);
    decoded.requireAllowed(address.bucket);
    int limit = NotificationDecoder.MAX_MANIFEST_BYTES;
    byte[] bytes =
        s3.read(address.bucket, address.key, limit + 1)
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
    int number = 0;
    for (JsonNode entry : entries) {
      number++;
      try {
        readEntry(entry, sentAt, decoded);
      } catch (MalformedRecordException e) {
        decoded.reject("entry " + number + ": ", e);
      }
    }
  }

  private void readEntry(JsonNode entry, Instant sentAt, DecodedRecords decoded)
      throws MalformedRecordException {
    if (entry.isTextual()) {
      complete(Address.parse(entry.textValue()), null, null, null, sentAt, decoded);
      return;
    }
    Fields fields = new Fields(entry);
    complete(
        Address.parse(fields.text("/uri")),
        fields.optionalSize("/size"),
        Keys.version(fields.optionalText("/versionId")),
        fields.optionalEtag("/etag"),
        sentAt,
        decoded);
  }

  private void complete(
      Address address,
      @Nullable Long size,
      @Nullable String versionId,
      @Nullable String etag,
      Instant sentAt,
      DecodedRecords decoded)
      throws MalformedRecordException {
    decoded.requireAllowed(address.bucket);
    if (!decoded.wants(address.key)) {
      return;
    }
    Instant time = sentAt;
    if (size == null || (versionId == null && etag == null)) {
      Description found =
          s3.describe(address.bucket, address.key, versionId)
              .orElseThrow(() -> new MalformedRecordException("the object does not exist"));
      if (etag != null && !etag.equals(found.etag())) {
        throw new MalformedRecordException("the object has another ETag than the entry says");
      }
      if (size != null && size != found.sizeBytes()) {
        throw new MalformedRecordException("the object has another size than the entry says");
      }
      size = found.sizeBytes();
      etag = found.etag();
      versionId = versionId == null ? Keys.version(found.versionId()) : versionId;
      time = found.lastModified();
    }
    if (size == 0) {
      decoded.ignore(IgnoredReason.EMPTY_OBJECT);
      return;
    }
    decoded.take(
        new Notification(
            address.bucket, address.key, versionId, etag, null, size, time, Origin.MANIFEST));
  }

  /** {@code s3://bucket/key}; all behind the bucket's slash is the key, as it is. */
  private record Address(String bucket, String key) {
    static Address parse(String uri) throws MalformedRecordException {
      int slash = uri.indexOf('/', SCHEME.length());
      if (!uri.startsWith(SCHEME) || slash <= SCHEME.length()) {
        throw new MalformedRecordException("an address is not s3://bucket/key");
      }
      return new Address(
          uri.substring(SCHEME.length(), slash), Keys.checked(uri.substring(slash + 1)));
    }
  }
}
