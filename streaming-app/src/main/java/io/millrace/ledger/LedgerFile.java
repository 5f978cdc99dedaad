package io.millrace.ledger;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The frame that every file of a ledger has: magic, format version, kind, the writer's nonce, the
 * payload with its length, and a CRC32C of all before it. Big-endian.
 */
final class LedgerFile {
  /** What a file holds; the byte stands in the file. */
  enum Kind {
    STREAM(1),
    SEGMENT(2, 3),
    PREPARED(3, 2),
    REJECTED(4),
    REQUEST(5),
    ANSWER(6),
    SNAPSHOT(7),
    WORKING_SET(8, 2),
    WAITING(9),
    HISTORY(10, 2);

    private final byte code;
    private final short newestVersion;

    Kind(int code) {
      this(code, 1);
    }

    Kind(int code, int newestVersion) {
      this.code = (byte) code;
      this.newestVersion = (short) newestVersion;
    }

    byte code() {
      return code;
    }
  }

  /** Writes a payload into memory, where only a defect of ours can fail. */
  interface PayloadWriter {
    void write(DataOutputStream out) throws IOException;
  }

  /** Reads a payload of the only version that its kind has, to its last byte. */
  interface PayloadReader<T> {
    T read(DataInputStream in, UUID nonce) throws IOException;
  }

  /** Reads a payload of any version that its kind has, to its last byte. */
  interface VersionedReader<T> {
    T read(DataInputStream in, int version) throws IOException;
  }

  /** The same, with the writer's nonce. */
  interface AnyReader<T> {
    T read(DataInputStream in, UUID nonce, int version) throws IOException;
  }

  private static final int MAGIC = 0x4d4c5247; // MLRG
  private static final int HEADER_BYTES = 4 + 2 + 1 + 16 + 4;
  private static final int CHECKSUM_BYTES = 4;

  private LedgerFile() {}

  /** Gives its bytes without another copy. */
  private static final class Body extends ByteArrayOutputStream {
    void copyTo(ByteBuffer file) {
      file.put(buf, 0, count);
    }
  }

  /** A file of version 1. */
  static byte[] encode(Kind kind, UUID nonce, PayloadWriter payload) {
    return encode(kind, 1, nonce, payload);
  }

  static byte[] encode(Kind kind, int version, UUID nonce, PayloadWriter payload) {
    Body body = new Body();
    try (DataOutputStream out = new DataOutputStream(body)) {
      payload.write(out);
    } catch (IOException e) {
      throw new UncheckedIOException("an array of bytes can't fail to be written", e);
    }
    ByteBuffer file = ByteBuffer.allocate(HEADER_BYTES + body.size() + CHECKSUM_BYTES);
    file.putInt(MAGIC).putShort((short) version).put(kind.code);
    file.putLong(nonce.getMostSignificantBits()).putLong(nonce.getLeastSignificantBits());
    file.putInt(body.size());
    body.copyTo(file);
    return file.putInt(checksum(file.array())).array();
  }

  /**
   * Checks the frame and reads what is in it.
   *
   * @throws LedgerException where the file is torn, damaged, of another kind or of a newer format;
   *     names the file and the offset
   */
  static <T> T decode(Kind kind, String name, byte[] file, PayloadReader<T> reader) {
    return decodeAny(kind, name, file, (in, nonce, version) -> reader.read(in, nonce));
  }

  /** The same for a kind of several versions. */
  static <T> T decodeVersions(Kind kind, String name, byte[] file, VersionedReader<T> reader) {
    return decodeAny(kind, name, file, (in, nonce, version) -> reader.read(in, version));
  }

  /** The same, for a reader that asks for the nonce, too. */
  static <T> T decodeAny(Kind kind, String name, byte[] file, AnyReader<T> reader) {
    if (file.length < HEADER_BYTES + CHECKSUM_BYTES) {
      throw damaged(name, file.length, "it ends within its frame", null);
    }
    ByteBuffer in = ByteBuffer.wrap(file);
    if (in.getInt() != MAGIC) {
      throw damaged(name, 0, "it does not begin as a ledger's file does", null);
    }
    short version = in.getShort();
    if (version < 1 || version > kind.newestVersion) {
      throw new LedgerException(
          ("ledger file %s has format version %d, this application knows version %d: run the"
                  + " version of Millrace that wrote it, or a later one")
              .formatted(name, version, kind.newestVersion));
    }
    byte code = in.get();
    UUID nonce = new UUID(in.getLong(), in.getLong());
    int length = in.getInt();
    if (length != file.length - HEADER_BYTES - CHECKSUM_BYTES) {
      throw damaged(
          name,
          HEADER_BYTES - 4,
          "it says %d bytes of payload and has %d"
              .formatted(length, file.length - HEADER_BYTES - CHECKSUM_BYTES),
          null);
    }
    if (in.getInt(HEADER_BYTES + length) != checksum(file)) {
      throw damaged(name, HEADER_BYTES + length, "its checksum is wrong", null);
    }
    if (code != kind.code) {
      throw damaged(name, 6, "it is of kind %d, not %d".formatted(code, kind.code), null);
    }
    ByteArrayInputStream payload = new ByteArrayInputStream(file, HEADER_BYTES, length);
    try {
      T value = reader.read(new DataInputStream(payload), nonce, version);
      if (payload.available() != 0) {
        throw new IOException("bytes follow the payload");
      }
      return value;
    } catch (IOException | IllegalArgumentException | java.time.DateTimeException e) {
      int offset = HEADER_BYTES + length - payload.available();
      throw damaged(name, offset, String.valueOf(e.getMessage()), e);
    }
  }

  /** A text of any length; {@code writeUTF} stops at 64 KiB. */
  static void writeText(DataOutputStream out, @Nullable String text) throws IOException {
    if (text == null) {
      out.writeInt(-1);
      return;
    }
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  static @Nullable String readTextOrNull(DataInputStream in) throws IOException {
    int length = in.readInt();
    if (length == -1) {
      return null;
    }
    return new String(bytes(in, length), StandardCharsets.UTF_8);
  }

  static String readText(DataInputStream in) throws IOException {
    return new String(bytes(in, in.readInt()), StandardCharsets.UTF_8);
  }

  static void writeLongs(DataOutputStream out, long[] values) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(values.length, Long.BYTES));
    bytes.asLongBuffer().put(values);
    out.write(bytes.array());
  }

  static long[] readLongs(DataInputStream in, long count) throws IOException {
    if (count < 0 || count * Long.BYTES > in.available()) {
      throw new IOException(count + " numbers can't be");
    }
    long[] values = new long[(int) count];
    ByteBuffer.wrap(in.readNBytes(values.length * Long.BYTES)).asLongBuffer().get(values);
    return values;
  }

  /** A count of things that each take a byte at least, so that damage can't ask for all memory. */
  static int readCount(DataInputStream in) throws IOException {
    int count = in.readInt();
    if (count < 0 || count > in.available()) {
      throw new IOException("a count of " + count + " can't be");
    }
    return count;
  }

  private static byte[] bytes(DataInputStream in, int length) throws IOException {
    if (length < 0 || length > in.available()) {
      throw new IOException("a text of " + length + " bytes can't be");
    }
    return in.readNBytes(length);
  }

  private static int checksum(byte[] file) {
    CRC32C crc = new CRC32C();
    crc.update(file, 0, file.length - CHECKSUM_BYTES);
    return (int) crc.getValue();
  }

  private static LedgerException damaged(
      String name, int offset, String why, @Nullable Throwable cause) {
    return new LedgerException(
        ("ledger file %s is damaged at offset %d: %s. Files of a ledger are never changed after"
                + " they are written: restore it from a copy or an older version of the object")
            .formatted(name, offset, why),
        cause);
  }
}
