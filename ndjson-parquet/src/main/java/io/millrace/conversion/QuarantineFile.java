package io.millrace.conversion;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.millrace.input.Input;
import io.millrace.ndjson.MalformedReason;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Keeps malformed records, one JSON object a line: {@code file}, {@code offset}, {@code reason},
 * {@code length}, and the record as {@code text}, or as {@code base64} if it is not UTF-8.
 *
 * <p>The file is created with the first of them.
 */
final class QuarantineFile implements MalformedTask {
  /** Of a longer record only the beginning is kept. */
  static final int DEFAULT_MAX_KEPT_RECORD_BYTES = 1 << 20;

  private final OutputStore store;
  private final String path;
  private final int maxKeptRecordBytes;
  private @Nullable JsonGenerator json;

  QuarantineFile(OutputStore store, String path, int maxKeptRecordBytes) {
    if (maxKeptRecordBytes < 0) {
      throw new IllegalArgumentException(
          "maxKeptRecordBytes must not be negative: " + maxKeptRecordBytes);
    }
    this.store = store;
    this.path = path;
    this.maxKeptRecordBytes = maxKeptRecordBytes;
  }

  @Override
  public void add(Input input, long offset, byte[] bytes, int from, int to, MalformedReason reason)
      throws IOException {
    JsonGenerator out = generator();
    int kept = Math.min(to - from, maxKeptRecordBytes);
    out.writeStartObject();
    out.writeStringField("file", input.name());
    out.writeNumberField("offset", offset);
    out.writeStringField("reason", reason.name().toLowerCase(Locale.ROOT));
    out.writeNumberField("length", to - from);
    String text = text(bytes, from, kept);
    if (text != null) {
      out.writeStringField("text", text);
    } else {
      out.writeFieldName("base64");
      out.writeBinary(bytes, from, kept);
    }
    out.writeEndObject();
    out.writeRaw('\n');
  }

  @Override
  public void close() throws IOException {
    if (json != null) {
      json.close();
    }
  }

  private JsonGenerator generator() throws IOException {
    if (json == null) {
      json =
          new JsonFactory()
              .createGenerator(
                  new BufferedOutputStream(store.create(path), 1 << 16), JsonEncoding.UTF8);
      json.setRootValueSeparator(null);
    }
    return json;
  }

  private static @Nullable String text(byte[] bytes, int from, int count) {
    try {
      return UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .decode(ByteBuffer.wrap(bytes, from, count))
          .toString();
    } catch (CharacterCodingException e) {
      return null;
    }
  }
}
