package io.millrace.input;

import io.millrace.ndjson.BlockSource;
import io.millrace.ndjson.InputStreamBlocks;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.ThreadFactory;

/** Opens objects for the parser: decompressed, and read ahead. */
public final class InputBlocks {
  /** Objects up to so many bytes are read by the thread that parses them, into one block. */
  public static final int SMALL_BYTES = 64 << 10;

  private final ReadAhead readAhead;
  private final DecompressionLimits limits;
  private final ThreadFactory threads;

  /**
   * @param threads makes the thread that reads, one for each open object
   */
  public InputBlocks(ReadAhead readAhead, DecompressionLimits limits, ThreadFactory threads) {
    this.readAhead = readAhead;
    this.limits = limits;
    this.threads = threads;
  }

  /** On daemon threads, which are called for what they do. */
  public static InputBlocks withDaemons(ReadAhead readAhead, DecompressionLimits limits) {
    return new InputBlocks(
        readAhead,
        limits,
        runnable -> {
          Thread thread = new Thread(runnable, "read-ahead");
          thread.setDaemon(true);
          return thread;
        });
  }

  /**
   * Opens a whole object, decompressed if its first bytes say so; one of at most {@link
   * #SMALL_BYTES} without a thread, unless it is compressed.
   *
   * <p>Reading fails with {@link DamagedInputException} where compressed data are cut off, damaged,
   * followed by something else, or over a limit.
   */
  public BlockSource open(Input input) throws IOException {
    Opened opened = Opened.of(input, limits);
    if (opened.bytes == opened.stored && input.size() <= SMALL_BYTES) {
      // There is nothing to be ahead of, and many of these come in a row.
      return new InputStreamBlocks(opened.bytes, Math.toIntExact(Math.max(1, input.size())));
    }
    return new ReadAheadBlocks(opened.bytes, opened.stored, readAhead, threads);
  }

  /** The bytes that {@link #open} makes blocks of, on the thread that asks for them. */
  public static InputStream decompressed(Input input, DecompressionLimits limits)
      throws IOException {
    return Opened.of(input, limits).bytes;
  }

  /**
   * Opens the stored bytes from an offset on, as they are.
   *
   * @param input one that is not compressed
   */
  public BlockSource openAt(Input input, long offset) throws IOException {
    StoredBytes stored = new StoredBytes(input.open(offset), input.name(), offset, input.size());
    return new ReadAheadBlocks(stored, stored, readAhead, threads);
  }

  /** A whole object: its content, and what that is read from. */
  private record Opened(InputStream bytes, StoredBytes stored) {
    static Opened of(Input input, DecompressionLimits limits) throws IOException {
      StoredBytes stored = new StoredBytes(input.open(0), input.name(), 0, input.size());
      try {
        Compression compression = Compression.of(stored.peek(Compression.MAGIC_BYTES));
        InputStream bytes =
            compression == Compression.NONE
                ? stored
                : new DecompressedBytes(stored, input.name(), compression, limits);
        return new Opened(bytes, stored);
      } catch (IOException | RuntimeException e) {
        stored.close();
        throw e;
      }
    }
  }
}
