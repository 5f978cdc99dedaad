package io.millrace.ledger;

import java.util.Arrays;
import java.util.UUID;

/** Waiting arrivals of a snapshot as bytes. */
final class WaitingCodec {
  /** Arrivals that one file holds at most: 4 MiB. */
  static final int MAX_ARRIVALS = 262_144;

  private WaitingCodec() {}

  static int files(WaitingArrivals.Copy waiting) {
    return (waiting.bytes().length + MAX_ARRIVALS - 1) / MAX_ARRIVALS;
  }

  /** One of the files that hold them. */
  static byte[] encode(UUID nonce, WaitingArrivals.Copy waiting, int file) {
    int from = file * MAX_ARRIVALS;
    int to = Math.min(waiting.bytes().length, from + MAX_ARRIVALS);
    return LedgerFile.encode(
        LedgerFile.Kind.WAITING,
        nonce,
        out -> {
          out.writeLong(waiting.committed() + from);
          out.writeInt(to - from);
          LedgerFile.writeLongs(out, Arrays.copyOfRange(waiting.bytes(), from, to));
          LedgerFile.writeLongs(out, Arrays.copyOfRange(waiting.eventMillis(), from, to));
        });
  }

  static WaitingArrivals.Copy decode(String name, byte[] file) {
    return LedgerFile.decode(
        LedgerFile.Kind.WAITING,
        name,
        file,
        (in, nonce) -> {
          long before = in.readLong();
          int count = LedgerFile.readCount(in);
          return new WaitingArrivals.Copy(
              before, LedgerFile.readLongs(in, count), LedgerFile.readLongs(in, count));
        });
  }
}
