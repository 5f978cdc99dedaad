package io.millrace.output;

import io.millrace.request.Background;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * The parts of one multipart upload, on their way to S3 while the next one is filled: a connection
 * takes less than a core converts, and a row group comes all at once.
 *
 * <p>For one thread.
 */
final class PartUploads {
  /** The size of the first parts. */
  static final int PART_BYTES = 8 << 20;

  /**
   * After so many parts, parts are twice as large, and so on: 10,000 of them, S3's limit, hold 300
   * GB.
   */
  static final int PARTS_OF_ONE_SIZE = 2_500;

  /** Of one file. Who writes waits for the first of them before there is another. */
  static final int UNDER_WAY = 4;

  /** A file that is small takes no more memory than this, or than it needs. */
  private static final int FIRST_BYTES = 64 << 10;

  private static final int GROWTH = 4;

  /** Those of all tasks of this JVM. */
  private static final ExecutorService THREADS =
      Executors.newCachedThreadPool(Background.threads("part-upload"));

  private final Sender sender;

  /** Their ETags to be; what they hold is let go of when they have arrived. */
  private final ArrayDeque<Future<String>> underWay = new ArrayDeque<>();

  private final List<String> etags = new ArrayList<>();
  private byte[] part = new byte[FIRST_BYTES];
  private int filled;

  /** Uploads a part, and returns its ETag. */
  interface Sender {
    String send(int number, byte[] bytes, int length) throws IOException;
  }

  PartUploads(Sender sender) {
    this.sender = sender;
  }

  void write(byte[] bytes, int offset, int length) throws IOException {
    for (int done = 0; done < length; ) {
      int chunk = Math.min(length - done, partBytes() - filled);
      makeRoom(filled + chunk);
      System.arraycopy(bytes, offset + done, part, filled, chunk);
      filled += chunk;
      done += chunk;
      if (filled == partBytes()) {
        send();
      }
    }
  }

  /** Sends what is left, and returns the ETags of all parts when all have arrived. */
  List<String> finish() throws IOException {
    if (filled > 0 || number() == 1) {
      send();
    }
    while (!underWay.isEmpty()) {
      arrive();
    }
    part = new byte[0];
    return List.copyOf(etags);
  }

  /** Breaks off what is under way; a part may arrive all the same. */
  void cancel() {
    underWay.forEach(etag -> etag.cancel(true));
    underWay.clear();
    part = new byte[0];
  }

  private void send() throws IOException {
    if (underWay.size() == UNDER_WAY) {
      arrive();
    }
    byte[] bytes = part;
    int length = filled;
    int number = number();
    underWay.add(THREADS.submit(() -> sender.send(number, bytes, length)));
    part = new byte[FIRST_BYTES];
    filled = 0;
  }

  /** Waits for the eldest that is under way. */
  private void arrive() throws IOException {
    etags.add(Background.await(underWay.remove(), "a part's upload"));
  }

  /** Of the part that is being filled, from 1. */
  private int number() {
    return etags.size() + underWay.size() + 1;
  }

  private int partBytes() {
    return PART_BYTES << ((number() - 1) / PARTS_OF_ONE_SIZE);
  }

  private void makeRoom(int bytes) {
    if (bytes > part.length) {
      part = Arrays.copyOf(part, Math.min(partBytes(), Math.max(bytes, GROWTH * part.length)));
    }
  }
}
