package io.millrace.notification;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Typed access to a record's fields by JSON pointer; errors name the field. */
final class Fields {
  private final JsonNode record;

  Fields(JsonNode record) throws MalformedRecordException {
    if (!record.isObject()) {
      throw new MalformedRecordException("a record is not a JSON object");
    }
    this.record = record;
  }

  String text(String pointer) throws MalformedRecordException {
    String text = optionalText(pointer);
    if (text == null) {
      throw new MalformedRecordException(pointer + " is missing");
    }
    return text;
  }

  /** Null where the field is missing, null or empty. */
  @Nullable String optionalText(String pointer) throws MalformedRecordException {
    JsonNode field = record.at(pointer);
    if (field.isMissingNode() || field.isNull()) {
      return null;
    }
    if (!field.isTextual()) {
      throw new MalformedRecordException(pointer + " is not a string");
    }
    return field.textValue().isEmpty() ? null : field.textValue();
  }

  long size(String pointer) throws MalformedRecordException {
    Long size = optionalSize(pointer);
    if (size == null) {
      throw new MalformedRecordException(pointer + " is missing");
    }
    return size;
  }

  @Nullable Long optionalSize(String pointer) throws MalformedRecordException {
    JsonNode field = record.at(pointer);
    if (field.isMissingNode() || field.isNull()) {
      return null;
    }
    if (!field.isIntegralNumber() || !field.canConvertToLong() || field.longValue() < 0) {
      throw new MalformedRecordException(pointer + " is not a number of bytes");
    }
    return field.longValue();
  }

  @Nullable String optionalEtag(String pointer) throws MalformedRecordException {
    String etag = optionalText(pointer);
    return etag == null ? null : etag.replace("\"", "");
  }

  String sequencer(String pointer) throws MalformedRecordException {
    String sequencer = text(pointer);
    if (!Sequencers.isValid(sequencer)) {
      throw new MalformedRecordException(pointer + " is not hexadecimal");
    }
    return sequencer;
  }

  Instant instant(String pointer) throws MalformedRecordException {
    String text = text(pointer);
    try {
      return Instant.parse(text);
    } catch (DateTimeException e) {
      throw new MalformedRecordException(pointer + " is not an ISO 8601 instant");
    }
  }
}
