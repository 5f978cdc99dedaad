package io.millrace.parquet;

import com.github.luben.zstd.ZstdCompressCtx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** Compresses pages, each for itself; keeps its native memory until it is closed. */
abstract sealed class Compressor implements AutoCloseable {

  /** Appends the compressed form of {@code source[offset]} and the bytes that follow. */
  abstract void compress(byte[] source, int offset, int length, Bytes target);

  @Override
  public void close() {}

  /** For uncompressed files: copies. */
  static final class None extends Compressor {
    @Override
    void compress(byte[] source, int offset, int length, Bytes target) {
      target.write(source, offset, length);
    }
  }

  /** Zstandard frames. */
  static final class Zstd extends Compressor {
    private final ZstdCompressCtx context;

    Zstd(int level) {
      // Frames tell their content's size, as readers like; pages have checksums of their own.
      this.context = new ZstdCompressCtx().setLevel(level).setChecksum(false);
    }

    @Override
    void compress(byte[] source, int offset, int length, Bytes target) {
      int bound = (int) com.github.luben.zstd.Zstd.compressBound(length);
      byte[] array = target.ensure(bound);
      int size = context.compressByteArray(array, target.size(), bound, source, offset, length);
      target.advanceTo(target.size() + size);
    }

    @Override
    public void close() {
      context.close();
    }
  }

  /** Snappy's raw format. */
  static final class Snappy extends Compressor {
    @Override
    void compress(byte[] source, int offset, int length, Bytes target) {
      byte[] array = target.ensure(org.xerial.snappy.Snappy.maxCompressedLength(length));
      try {
        int size = org.xerial.snappy.Snappy.compress(source, offset, length, array, target.size());
        target.advanceTo(target.size() + size);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** One gzip member a page. */
  static final class Gzip extends Compressor {
    private static final byte[] HEADER = {0x1F, (byte) 0x8B, 8, 0, 0, 0, 0, 0, 0, (byte) 0xFF};
    private static final int STEP = 8 * 1024;

    private final Deflater deflater;
    private final CRC32 checksum = new CRC32();

    Gzip(int level) {
      this.deflater = new Deflater(level, true);
    }

    @Override
    void compress(byte[] source, int offset, int length, Bytes target) {
      target.write(HEADER, 0, HEADER.length);
      deflater.reset();
      deflater.setInput(source, offset, length);
      deflater.finish();
      while (!deflater.finished()) {
        byte[] array = target.ensure(STEP);
        int size = deflater.deflate(array, target.size(), array.length - target.size());
        target.advanceTo(target.size() + size);
      }
      checksum.reset();
      checksum.update(source, offset, length);
      target.writeInt((int) checksum.getValue());
      target.writeInt(length);
    }

    @Override
    public void close() {
      deflater.end();
    }
  }
}
