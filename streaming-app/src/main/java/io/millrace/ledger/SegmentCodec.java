package io.millrace.ledger;

import static io.millrace.ledger.LedgerFile.readCount;
import static io.millrace.ledger.LedgerFile.readText;
import static io.millrace.ledger.LedgerFile.readTextOrNull;
import static io.millrace.ledger.LedgerFile.writeText;

import io.millrace.ledger.Segment.Owner;
import io.millrace.ledger.Segment.Sighting;
import io.millrace.notification.Notification;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Segments as bytes: version 1, or, where one has a sighting that names its version, version 2, or,
 * where that is of a versionId, version 3.
 */
final class SegmentCodec {
  private SegmentCodec() {}

  static byte[] encode(Segment segment) {
    int version = segment.sightings().stream().mapToInt(SegmentCodec::version).max().orElse(1);
    return LedgerFile.encode(
        LedgerFile.Kind.SEGMENT,
        version,
        segment.owner().nonce(),
        out -> write(out, segment, version));
  }

  /** The lowest that can say it. */
  private static int version(Sighting seen) {
    if (seen.versioned()) {
      return 3;
    }
    return seen.ordinal() > 0 ? 2 : 1;
  }

  static Segment decode(String name, byte[] file) {
    return LedgerFile.decodeAny(LedgerFile.Kind.SEGMENT, name, file, SegmentCodec::read);
  }

  private static void write(DataOutputStream out, Segment segment, int version) throws IOException {
    out.writeLong(segment.number());
    out.writeLong(segment.owner().epoch());
    writeText(out, segment.owner().who());
    out.writeLong(segment.committed().ordinal());
    out.writeInt(segment.committed().attempt());
    out.writeLong(segment.nextRequest());
    out.writeLong(segment.snapshot());
    out.writeLong(segment.firstOrdinal());
    out.writeInt(segment.arrivals().size());
    for (Arrival arrival : segment.arrivals()) {
      writeArrival(out, arrival);
    }
    out.writeInt(segment.sightings().size());
    for (Sighting sighting : segment.sightings()) {
      writeText(out, sighting.bucket());
      writeText(out, sighting.key());
      writeText(out, sighting.sequencer());
      if (version >= 2) {
        out.writeLong(sighting.identity());
        out.writeLong(sighting.ordinal());
      }
      if (version >= 3) {
        out.writeBoolean(sighting.versioned());
      }
    }
  }

  private static Segment read(DataInputStream in, UUID nonce, int version) throws IOException {
    long number = in.readLong();
    Owner owner = new Owner(in.readLong(), nonce, readText(in));
    CommittedOffset committed = new CommittedOffset(in.readLong(), in.readInt());
    long nextRequest = in.readLong();
    long snapshot = in.readLong();
    long firstOrdinal = in.readLong();
    int arrivalCount = readCount(in);
    List<Arrival> arrivals = new ArrayList<>(arrivalCount);
    for (int i = 0; i < arrivalCount; i++) {
      arrivals.add(readArrival(in, firstOrdinal + i));
    }
    int sightingCount = readCount(in);
    List<Sighting> sightings = new ArrayList<>(sightingCount);
    for (int i = 0; i < sightingCount; i++) {
      sightings.add(
          new Sighting(
              readText(in),
              readText(in),
              readText(in),
              version >= 2 ? in.readLong() : 0,
              version >= 2 ? in.readLong() : 0,
              version >= 3 && in.readBoolean()));
    }
    return new Segment(
        number, owner, firstOrdinal, arrivals, sightings, committed, nextRequest, snapshot);
  }

  private static void writeArrival(DataOutputStream out, Arrival arrival) throws IOException {
    Notification object = arrival.object();
    out.writeByte(arrival.bornSuperseded() ? 1 : 0);
    out.writeByte(originCode(object.origin()));
    writeInstant(out, arrival.recordedAt());
    writeInstant(out, object.eventTime());
    out.writeLong(object.sizeBytes());
    writeText(out, object.bucket());
    writeText(out, object.key());
    writeText(out, object.versionId());
    writeText(out, object.etag());
    writeText(out, object.sequencer());
  }

  private static Arrival readArrival(DataInputStream in, long ordinal) throws IOException {
    boolean bornSuperseded = in.readByte() == 1;
    Notification.Origin origin = origin(in.readByte());
    Instant recordedAt = readInstant(in);
    Instant eventTime = readInstant(in);
    long sizeBytes = in.readLong();
    Notification object =
        new Notification(
            readText(in),
            readText(in),
            readTextOrNull(in),
            readTextOrNull(in),
            readTextOrNull(in),
            sizeBytes,
            eventTime,
            origin);
    return new Arrival(ordinal, object, recordedAt, bornSuperseded);
  }

  private static void writeInstant(DataOutputStream out, Instant instant) throws IOException {
    out.writeLong(instant.getEpochSecond());
    out.writeInt(instant.getNano());
  }

  private static Instant readInstant(DataInputStream in) throws IOException {
    return Instant.ofEpochSecond(in.readLong(), in.readInt());
  }

  private static int originCode(Notification.Origin origin) {
    return switch (origin) {
      case EVENT -> 1;
      case MANIFEST -> 2;
      case LISTING -> 3;
      case REPLAY -> 4;
    };
  }

  private static Notification.Origin origin(int code) throws IOException {
    return switch (code) {
      case 1 -> Notification.Origin.EVENT;
      case 2 -> Notification.Origin.MANIFEST;
      case 3 -> Notification.Origin.LISTING;
      case 4 -> Notification.Origin.REPLAY;
      default -> throw new IOException("an origin of code " + code + " is not known");
    };
  }
}
