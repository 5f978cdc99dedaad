package io.millrace.convert;

import io.millrace.ndjson.RecordSplitter;
import io.millrace.ndjson.RecordTooLargeException;
import io.millrace.plan.Split;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.S3Client;

/** The records of one split, read from S3. One thread. */
final class SplitRecords implements AutoCloseable {
  private static final byte[][] COMPRESSED = {
    {0x1f, (byte) 0x8b}, {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd}, {'B', 'Z', 'h'}
  };
  private static final int LONGEST_MAGIC = 4;
  private static final int BUFFER_BYTES = 64 << 10;

  private final PinnedObject object;
  private final PinnedInputStream bytes;
  private final RecordSplitter splitter;

  private SplitRecords(PinnedObject object, PinnedInputStream bytes, RecordSplitter splitter) {
    this.object = object;
    this.bytes = bytes;
    this.splitter = splitter;
  }

  static SplitRecords open(S3Client s3, Split split, int maxRecordBytes)
      throws ObjectTroubleException, IOException {
    PinnedObject object = new PinnedObject(s3, split.arrival());
    long first = RecordSplitter.firstByte(split.start());
    long size = split.arrival().object().sizeBytes();
    PinnedInputStream bytes = new PinnedInputStream(object, size, first);
    BufferedInputStream in = new BufferedInputStream(bytes, BUFFER_BYTES);
    try {
      if (split.start() == 0 && isCompressed(in)) {
        throw object.trouble(
            QuarantineReason.COMPRESSED_INPUT_NOT_SUPPORTED,
            "it begins as compressed data does",
            null);
      }
    } catch (PinnedInputStream.TroubleInStream e) {
      throw e.trouble();
    }
    return new SplitRecords(
        object, bytes, new RecordSplitter(in, split.start(), split.end(), maxRecordBytes));
  }

  /** The next record, or null behind the last. */
  RecordSplitter.@Nullable Line next() throws ObjectTroubleException, IOException {
    try {
      return splitter.next();
    } catch (PinnedInputStream.TroubleInStream e) {
      throw e.trouble();
    } catch (RecordTooLargeException e) {
      throw object.trouble(
          QuarantineReason.RECORD_TOO_LARGE,
          "a record at byte %d is too large".formatted(e.offset()),
          e);
    }
  }

  @Override
  public void close() {
    bytes.close();
  }

  private static boolean isCompressed(BufferedInputStream in) throws IOException {
    in.mark(LONGEST_MAGIC);
    byte[] begin = in.readNBytes(LONGEST_MAGIC);
    in.reset();
    for (byte[] magic : COMPRESSED) {
      if (begin.length >= magic.length
          && Arrays.equals(begin, 0, magic.length, magic, 0, magic.length)) {
        return true;
      }
    }
    return false;
  }
}
