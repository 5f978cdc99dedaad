package io.millrace.notification;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.notification.ManifestReader.Description;
import io.millrace.notification.ManifestReader.ObjectName;
import io.millrace.notification.Notification.Origin;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One entry of a manifest, as far as it says.
 *
 * @param sizeBytes null where it does not say
 */
record ManifestEntry(
    Address address, @Nullable Long sizeBytes, @Nullable String versionId, @Nullable String etag) {
  private static final String SCHEME = "s3://";

  static ManifestEntry parse(JsonNode entry) throws MalformedRecordException {
    if (entry.isTextual()) {
      return new ManifestEntry(Address.parse(entry.textValue()), null, null, null);
    }
    Fields fields = new Fields(entry);
    return new ManifestEntry(
        Address.parse(fields.text("/uri")),
        fields.optionalSize("/size"),
        Keys.version(fields.optionalText("/versionId")),
        fields.optionalEtag("/etag"));
  }

  /** Whether S3 has to say the rest. */
  boolean isOpen() {
    return sizeBytes == null || (versionId == null && etag == null);
  }

  ObjectName name() {
    return new ObjectName(address.bucket(), address.key(), versionId);
  }

  /**
   * Of an entry that says all.
   *
   * @param sentAt when its message was sent, which stands for the object's time
   */
  Notification notification(Instant sentAt) {
    if (sizeBytes == null) {
      throw new IllegalStateException("the entry is open");
    }
    return notification(sizeBytes, versionId, etag, sentAt);
  }

  /** With what S3 says. */
  Notification notification(Description found) throws MalformedRecordException {
    if (etag != null && !etag.equals(found.etag())) {
      throw new MalformedRecordException("the object has another ETag than the entry says");
    }
    if (sizeBytes != null && sizeBytes != found.sizeBytes()) {
      throw new MalformedRecordException("the object has another size than the entry says");
    }
    return notification(
        found.sizeBytes(),
        versionId == null ? Keys.version(found.versionId()) : versionId,
        found.etag(),
        found.lastModified());
  }

  private Notification notification(
      long size, @Nullable String version, @Nullable String tag, Instant time) {
    return new Notification(
        address.bucket(), address.key(), version, tag, null, size, time, Origin.MANIFEST);
  }

  /** {@code s3://bucket/key}; all behind the bucket's slash is the key, as it is. */
  record Address(String bucket, String key) {
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
