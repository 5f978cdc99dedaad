package io.millrace.ledger;

import static io.millrace.ledger.LedgerFile.readCount;
import static io.millrace.ledger.LedgerFile.readText;
import static io.millrace.ledger.LedgerFile.writeText;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Rejected messages as bytes; times in milliseconds. */
final class RejectedCodec {
  private RejectedCodec() {}

  static byte[] encode(UUID nonce, List<RejectedMessage> messages, int maxBodyBytes) {
    return LedgerFile.encode(
        LedgerFile.Kind.REJECTED,
        nonce,
        out -> {
          out.writeInt(messages.size());
          for (RejectedMessage message : messages) {
            write(out, message, maxBodyBytes);
          }
        });
  }

  static List<RejectedMessage> decode(String name, byte[] file) {
    return LedgerFile.decode(LedgerFile.Kind.REJECTED, name, file, (in, nonce) -> read(in));
  }

  private static void write(DataOutputStream out, RejectedMessage message, int maxBodyBytes)
      throws IOException {
    writeText(out, message.messageId());
    writeText(out, cut(message.body(), maxBodyBytes));
    writeText(out, message.reason());
    out.writeLong(message.sentAt().toEpochMilli());
    out.writeLong(message.receivedAt().toEpochMilli());
  }

  private static List<RejectedMessage> read(DataInputStream in) throws IOException {
    int count = readCount(in);
    List<RejectedMessage> messages = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      messages.add(
          new RejectedMessage(
              readText(in),
              readText(in),
              readText(in),
              Instant.ofEpochMilli(in.readLong()),
              Instant.ofEpochMilli(in.readLong())));
    }
    return messages;
  }

  /** At most so many bytes of UTF-8, cut between characters. */
  private static String cut(String body, int maxBytes) {
    int bytes = 0;
    for (int i = 0; i < body.length(); ) {
      int character = body.codePointAt(i);
      bytes += character < 0x80 ? 1 : character < 0x800 ? 2 : character < 0x10000 ? 3 : 4;
      if (bytes > maxBytes) {
        return body.substring(0, i);
      }
      i += Character.charCount(character);
    }
    return body;
  }
}
