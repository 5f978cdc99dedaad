package io.millrace.convert;

import io.millrace.input.Compression;
import io.millrace.ledger.Arrival;
import io.millrace.request.Background;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Asks for every object of a batch before a job is begun, so that one that is gone does not cost
 * the batch a second run, and so that all of them can be judged together.
 */
final class Preflight {
  static final int THREADS = 32;

  /** More objects that S3 does not deliver are S3's trouble: the rest is not asked for. */
  static final int MAX_UNREADABLE = 8;

  private final S3Client s3;

  /**
   * What was found out.
   *
   * @param troubles of the objects that can't be converted, by ordinal; not judged yet
   * @param compressed the ordinals of those that are compressed
   */
  record Answer(Map<Long, ObjectTrouble> troubles, Set<Long> compressed) {}

  Preflight(S3Client s3) {
    this.s3 = s3;
  }

  /**
   * Asks for all of them.
   *
   * @throws EnvironmentException when S3 does not accept our credentials, or does not answer for
   *     more than a few objects
   */
  Answer check(List<Arrival> arrivals) throws IOException {
    ExecutorService threads =
        Executors.newFixedThreadPool(
            Math.min(THREADS, Math.max(1, arrivals.size())), Background.threads("preflight"));
    try {
      List<Future<One>> answers = new ArrayList<>();
      for (Arrival arrival : arrivals) {
        answers.add(threads.submit(() -> ask(arrival)));
      }
      Map<Long, ObjectTrouble> troubles = new TreeMap<>();
      Set<Long> compressed = new TreeSet<>();
      int unreadable = 0;
      for (Future<One> answer : answers) {
        One one = Background.await(answer, "S3's answers for the batch's objects");
        ObjectTrouble trouble = one.trouble();
        if (one.compression() != Compression.NONE) {
          compressed.add(one.ordinal());
        }
        if (trouble != null) {
          troubles.put(one.ordinal(), trouble);
          if (trouble.reason() == QuarantineReason.UNREADABLE && ++unreadable > MAX_UNREADABLE) {
            throw new EnvironmentException(
                "S3 does not deliver: %d objects of the batch can't be read (%s)"
                    .formatted(unreadable, trouble.detail()),
                null);
          }
        }
      }
      return new Answer(troubles, compressed);
    } finally {
      threads.shutdownNow();
    }
  }

  private One ask(Arrival arrival) throws EnvironmentException {
    try {
      Compression compression = new PinnedObject(s3, arrival).check();
      return new One(arrival.ordinal(), compression, null);
    } catch (ObjectTroubleException e) {
      return new One(arrival.ordinal(), Compression.NONE, e.trouble());
    }
  }

  private record One(long ordinal, Compression compression, @Nullable ObjectTrouble trouble) {}
}
