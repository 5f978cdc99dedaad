package io.millrace.input;

import com.github.luben.zstd.ZstdOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.apache.commons.compress.compressors.lz4.FramedLZ4CompressorOutputStream;
import org.xerial.snappy.SnappyFramedOutputStream;

/** Makes compressed data with the writers that others use. */
final class Compressor {
  private Compressor() {}

  static byte[] compress(Compression compression, byte[] bytes) throws IOException {
    ByteArrayOutputStream compressed = new ByteArrayOutputStream();
    try (OutputStream out = stream(compression, compressed)) {
      out.write(bytes);
    }
    return compressed.toByteArray();
  }

  private static OutputStream stream(Compression compression, OutputStream out) throws IOException {
    return switch (compression) {
      case NONE -> out;
      case GZIP -> new GZIPOutputStream(out);
      case ZSTD -> {
        ZstdOutputStream zstd = new ZstdOutputStream(out);
        zstd.setChecksum(true);
        yield zstd;
      }
      case BZIP2 -> new BZip2CompressorOutputStream(out, 1);
      case LZ4 -> new FramedLZ4CompressorOutputStream(out);
      case SNAPPY -> new SnappyFramedOutputStream(out);
    };
  }
}
