package io.millrace.input;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;
import org.apache.commons.compress.compressors.lz4.FramedLZ4CompressorInputStream;
import org.apache.commons.compress.compressors.snappy.FramedSnappyCompressorInputStream;

/**
 * The decompressed bytes of an object, within limits.
 *
 * <p>Whatever a decoder throws at data that it can't make sense of is an error that names the
 * offset; what the store throws passes as it is.
 */
final class DecompressedBytes extends InputStream {
  private static final int BUFFER_BYTES = 64 << 10;

  private final StoredBytes stored;
  private final String name;
  private final Compression compression;
  private final DecompressionLimits limits;
  private final InputStream decoder;
  private long bytes;

  /**
   * @param stored from the first byte on; closed with this
   */
  DecompressedBytes(
      StoredBytes stored, String name, Compression compression, DecompressionLimits limits)
      throws IOException {
    this.stored = stored;
    this.name = name;
    this.compression = compression;
    this.limits = limits;
    try {
      this.decoder = decoder(compression, stored);
    } catch (IOException | RuntimeException e) {
      throw trouble(e, 0);
    }
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int from, int length) throws IOException {
    int count;
    try {
      count = decoder.read(into, from, length);
    } catch (IOException | RuntimeException e) {
      throw trouble(e, decoder instanceof GzipStream gzip ? gzip.unread() : 0);
    }
    if (count > 0) {
      bytes += count;
      checkLimits();
    }
    return count;
  }

  @Override
  public void close() throws IOException {
    decoder.close();
  }

  private void checkLimits() throws DamagedInputException {
    if (bytes > limits.maxBytes()) {
      throw new DamagedInputException(
          name,
          stored.offset(),
          "its %s data grow to more than %d bytes, the limit maxBytes of decompression"
              .formatted(compression.label(), limits.maxBytes()),
          null);
    }
    if (bytes > DecompressionLimits.RATIO_FROM_BYTES
        && bytes / limits.maxRatio() > stored.offset()) {
      throw new DamagedInputException(
          name,
          stored.offset(),
          "its first %d bytes of %s data grow to %d, more than %d times as many, the limit maxRatio of decompression"
              .formatted(stored.offset(), compression.label(), bytes, limits.maxRatio()),
          null);
    }
  }

  private IOException trouble(Exception e, int unread) {
    IOException failure = stored.failure();
    if (failure != null) {
      return failure;
    }
    long offset = stored.offset() - unread;
    return new DamagedInputException(
        name,
        offset,
        "its %s data are damaged or cut off at byte %d or before, behind %d decompressed bytes: %s"
            .formatted(compression.label(), offset, bytes, e.getMessage()),
        e);
  }

  private static InputStream decoder(Compression compression, StoredBytes stored)
      throws IOException {
    return switch (compression) {
      case NONE -> stored;
      case GZIP -> new GzipStream(stored);
      case ZSTD -> new ZstdInputStreamNoFinalizer(new LastByteAlone(stored));
      case BZIP2 -> new BZip2CompressorInputStream(buffered(stored), true);
      case LZ4 -> new FramedLZ4CompressorInputStream(buffered(stored), true);
      case SNAPPY -> new FramedSnappyCompressorInputStream(buffered(stored));
    };
  }

  /**
   * Gives an object's last byte by itself: the decoder takes the end for that of a frame where one
   * has ended in the bytes that it was given last, though there were more behind it.
   */
  private static final class LastByteAlone extends FilterInputStream {
    private final StoredBytes stored;

    LastByteAlone(StoredBytes stored) {
      super(stored);
      this.stored = stored;
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
      long left = stored.left();
      return stored.read(into, from, left > 1 ? (int) Math.min(length, left - 1) : length);
    }
  }

  private static InputStream buffered(InputStream in) {
    return new BufferedInputStream(in, BUFFER_BYTES);
  }
}
