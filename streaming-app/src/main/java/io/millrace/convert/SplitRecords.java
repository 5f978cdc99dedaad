package io.millrace.convert;

import io.millrace.input.DamagedInputException;
import io.millrace.input.DecompressionLimits;
import io.millrace.input.InputBlocks;
import io.millrace.ndjson.RecordSplitter;
import io.millrace.ndjson.RecordTooLargeException;
import io.millrace.plan.Split;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.S3Client;

/** The records of one split, read from S3. One thread. */
final class SplitRecords implements AutoCloseable {
  private final PinnedObject object;
  private final InputStream bytes;
  private final RecordSplitter splitter;

  private SplitRecords(PinnedObject object, InputStream bytes, RecordSplitter splitter) {
    this.object = object;
    this.bytes = bytes;
    this.splitter = splitter;
  }

  /** Opens a split; a whole object is decompressed if its first bytes say so. */
  static SplitRecords open(
      S3Client s3,
      Split split,
      ParallelReads reads,
      DecompressionLimits decompression,
      int maxRecordBytes)
      throws ObjectTroubleException, IOException {
    PinnedObject object = new PinnedObject(s3, split.arrival());
    PinnedInput input = new PinnedInput(s3, split, reads, null);
    try {
      InputStream bytes =
          split.isWhole()
              ? InputBlocks.decompressed(input, decompression)
              : input.open(RecordSplitter.firstByte(split.start()));
      long end = split.isWhole() ? Long.MAX_VALUE : split.end();
      return new SplitRecords(
          object, bytes, new RecordSplitter(bytes, split.start(), end, maxRecordBytes));
    } catch (PinnedInputStream.TroubleInStream e) {
      throw e.trouble();
    } catch (DamagedInputException e) {
      throw damaged(object, e);
    }
  }

  /** The next record, or null behind the last. */
  RecordSplitter.@Nullable Line next() throws ObjectTroubleException, IOException {
    try {
      return splitter.next();
    } catch (PinnedInputStream.TroubleInStream e) {
      throw e.trouble();
    } catch (DamagedInputException e) {
      throw damaged(object, e);
    } catch (RecordTooLargeException e) {
      throw object.trouble(
          QuarantineReason.RECORD_TOO_LARGE,
          "a record at byte %d is too large".formatted(e.offset()),
          e);
    }
  }

  /** How many bytes have been read so far, in lines of any kind. */
  long bytes() {
    return splitter.bytes();
  }

  @Override
  public void close() throws IOException {
    bytes.close();
  }

  private static ObjectTroubleException damaged(PinnedObject object, DamagedInputException e) {
    return object.trouble(QuarantineReason.DAMAGED, String.valueOf(e.getMessage()), e);
  }
}
