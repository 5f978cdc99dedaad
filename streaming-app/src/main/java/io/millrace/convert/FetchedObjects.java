package io.millrace.convert;

import io.millrace.plan.Split;
import java.io.Closeable;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Fetches the small objects of a task into memory, those that come next while one is converted:
 * otherwise the task would wait for an answer of S3 as often as it has objects.
 *
 * <p>For one thread.
 */
final class FetchedObjects implements Closeable {
  private final S3Client s3;
  private final ParallelReads reads;
  private final Iterator<Split> coming;
  private final ArrayDeque<Coming> window = new ArrayDeque<>();

  /**
   * A split whose turn comes.
   *
   * @param object null where it is not small: it is read when its turn has come
   */
  private record Coming(Split split, @Nullable FetchedRange object) {
    void cancel() {
      if (object != null) {
        object.cancel();
      }
    }
  }

  /**
   * @param reads bounds how many are fetched at once, and how large they are
   * @param splits in the order in which they are converted
   */
  FetchedObjects(S3Client s3, ParallelReads reads, List<Split> splits) {
    this.s3 = s3;
    this.reads = reads;
    this.coming = splits.iterator();
  }

  /**
   * The object of the split whose turn is now; those between the last one and this are left out.
   *
   * @return null where it is not small
   */
  @Nullable FetchedRange take(Split split) {
    while (true) {
      fetch();
      Coming first = window.remove();
      if (first.split().equals(split)) {
        return first.object();
      }
      first.cancel();
    }
  }

  /** Breaks off what is under way. */
  @Override
  public void close() {
    window.forEach(Coming::cancel);
    window.clear();
  }

  /** A large object takes as much memory as there is for all: nothing is fetched beside it. */
  private void fetch() {
    while (window.size() < reads.requests() && coming.hasNext() && !endsWithLarge()) {
      Split split = coming.next();
      window.add(new Coming(split, isSmall(split) ? fetched(split) : null));
    }
  }

  private boolean endsWithLarge() {
    return !window.isEmpty() && window.getLast().object() == null;
  }

  private boolean isSmall(Split split) {
    long size = split.arrival().object().sizeBytes();
    return reads.requests() > 1 && split.isWhole() && size > 0 && !reads.pay(size);
  }

  private FetchedRange fetched(Split split) {
    int size = Math.toIntExact(split.arrival().object().sizeBytes());
    return new FetchedRange(new PinnedObject(s3, split.arrival()), 0, size, new byte[size]);
  }
}
