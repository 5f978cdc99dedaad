package io.millrace.convert;

import io.millrace.convert.ObjectTrouble.Kind;
import io.millrace.ledger.Arrival;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Asks for every object of a batch before a job is begun, so that one that is gone does not cost
 * the batch a second run, and so that all of them can be judged together.
 */
final class Preflight {
  static final int THREADS = 32;

  private final S3Client s3;

  Preflight(S3Client s3) {
    this.s3 = s3;
  }

  /**
   * The objects that can't be converted, by ordinal.
   *
   * @throws EnvironmentException when S3 does not answer, or denies all of a bucket's objects: one
   *     alone may be denied for its own sake, all of them hardly
   */
  Map<Long, ObjectTrouble> check(List<Arrival> arrivals) throws IOException {
    ExecutorService threads =
        Executors.newFixedThreadPool(
            Math.min(THREADS, Math.max(1, arrivals.size())),
            task -> {
              Thread thread = new Thread(task, "preflight");
              thread.setDaemon(true);
              return thread;
            });
    try {
      List<Future<Optional<ObjectTrouble>>> answers = new ArrayList<>();
      for (Arrival arrival : arrivals) {
        answers.add(threads.submit(() -> ask(arrival)));
      }
      Map<Long, ObjectTrouble> troubles = new TreeMap<>();
      for (Future<Optional<ObjectTrouble>> answer : answers) {
        get(answer).ifPresent(trouble -> troubles.put(trouble.ordinal(), trouble));
      }
      refuseWhereAllAreDenied(arrivals, troubles);
      return troubles;
    } finally {
      threads.shutdownNow();
    }
  }

  private Optional<ObjectTrouble> ask(Arrival arrival) throws EnvironmentException {
    try {
      new PinnedObject(s3, arrival).check();
      return Optional.empty();
    } catch (ObjectTroubleException e) {
      return Optional.of(e.trouble());
    }
  }

  private static void refuseWhereAllAreDenied(
      List<Arrival> arrivals, Map<Long, ObjectTrouble> troubles) throws EnvironmentException {
    Set<String> denied = new HashSet<>();
    Set<String> answered = new HashSet<>();
    for (Arrival arrival : arrivals) {
      ObjectTrouble trouble = troubles.get(arrival.ordinal());
      boolean no = trouble != null && trouble.kind() == Kind.ACCESS_DENIED;
      (no ? denied : answered).add(arrival.object().bucket());
    }
    denied.removeAll(answered);
    if (!denied.isEmpty()) {
      throw new EnvironmentException(
          ("access is denied to every object of the batch in %s: credentials, the bucket's policy or"
                  + " the key's policy have to change")
              .formatted(denied),
          null);
    }
  }

  private static <T> T get(Future<T> answer) throws IOException {
    try {
      return answer.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while asking for the batch's objects");
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException failure) {
        throw new EnvironmentException(failure.getMessage(), failure);
      }
      throw new IllegalStateException("asking for an object failed", e.getCause());
    }
  }
}
