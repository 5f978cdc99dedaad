package io.millrace.convert;

import io.millrace.plan.Split;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.TaskContext;
import org.apache.spark.TaskKilledException;
import org.apache.spark.api.java.function.Function;

/**
 * A task's work, on an executor: makes files of its splits that have nothing of objects which can't
 * be converted.
 *
 * <p>Where such an object turns up too late, what was written is thrown away, and the others are
 * converted once more: within the task, and not by the batch.
 */
record TaskConversion(TaskSettings settings, MalformedLimits limits, TaskRequests requests)
    implements Function<List<Split>, TaskResult> {

  @Override
  public TaskResult call(List<Split> splits) throws IOException {
    requests.tellAtEnd();
    Map<Long, ObjectTrouble> troubles = new TreeMap<>();
    try {
      TaskResult result = attempt(splits, troubles);
      while (result == null) {
        result = attempt(splits, troubles);
      }
      return result;
    } catch (EnvironmentException e) {
      return TaskResult.outOfOrder(String.valueOf(e.getMessage()));
    }
  }

  /**
   * Converts what has no trouble yet.
   *
   * @return null where an object turned out to have one of which the files have something
   */
  private TaskResult attempt(List<Split> splits, Map<Long, ObjectTrouble> troubles)
      throws IOException {
    List<Split> left =
        splits.stream().filter(split -> !troubles.containsKey(split.arrival().ordinal())).toList();
    try (TaskAttempt attempt =
        new TaskAttempt(
            settings,
            S3Clients.of(settings.store()),
            left,
            limits,
            "%05d".formatted(TaskContext.getPartitionId()),
            TaskConversion::endWhereKilled)) {
      boolean clean = true;
      for (Split split : left) {
        long ordinal = split.arrival().ordinal();
        try {
          attempt.convert(split);
        } catch (ObjectTroubleException e) {
          troubles.put(ordinal, e.trouble());
          requireSomethingReadable(troubles);
          clean &= !attempt.hasAny(ordinal);
          attempt.leaveOut(ordinal);
        }
      }
      return clean ? attempt.finish(List.copyOf(troubles.values())) : null;
    }
  }

  private static void requireSomethingReadable(Map<Long, ObjectTrouble> troubles)
      throws EnvironmentException {
    List<ObjectTrouble> unreadable =
        troubles.values().stream()
            .filter(trouble -> trouble.reason() == QuarantineReason.UNREADABLE)
            .toList();
    if (unreadable.size() > Preflight.MAX_UNREADABLE) {
      throw new EnvironmentException(
          "S3 does not deliver: %d objects of one task can't be read (%s)"
              .formatted(unreadable.size(), unreadable.get(0).detail()),
          null);
    }
  }

  private static void endWhereKilled() {
    TaskContext context = TaskContext.get();
    if (context != null && context.isInterrupted()) {
      throw new TaskKilledException("the task was killed");
    }
  }
}
