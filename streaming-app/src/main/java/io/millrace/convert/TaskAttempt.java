package io.millrace.convert;

import io.millrace.conversion.ConversionProgress;
import io.millrace.conversion.SplitResult;
import io.millrace.convert.MalformedKeeper.EnoughException;
import io.millrace.input.DamagedInputException;
import io.millrace.ndjson.RecordTooLargeException;
import io.millrace.plan.Split;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import software.amazon.awssdk.services.s3.S3Client;

/** One try to convert a task's splits into files; nothing is left of it unless it is finished. */
final class TaskAttempt implements Closeable {
  private final TaskSettings settings;
  private final S3Client s3;
  private final FetchedObjects objects;
  private final MalformedFiles malformedFiles;
  private final MalformedKeeper malformed;
  private final SplitRows rows;
  private final Map<Long, ObjectCounts> counts = new TreeMap<>();
  private long rowsOfSplit;

  /**
   * @param splits those that may be converted, in their order
   * @param name is part of the files' names: no other attempt may have it
   * @param eachBatch is run every now and then, and may throw to end the task
   */
  TaskAttempt(
      TaskSettings settings,
      S3Client s3,
      List<Split> splits,
      MalformedLimits limits,
      String name,
      Runnable eachBatch)
      throws IOException {
    this.settings = settings;
    this.s3 = s3;
    this.objects = new FetchedObjects(s3, settings.store().reads(), splits);
    String unique = name + "-" + UUID.randomUUID();
    int maxKeptRecordBytes = settings.conversion().quarantine().maxKeptRecordBytes();
    this.malformedFiles =
        new MalformedFiles(
            maxKeptRecordBytes,
            settings.conversion().timeZone(),
            TaskFiles.ofThisTask(settings.quarantine(), List.of()),
            unique);
    this.malformed = new MalformedKeeper(limits, maxKeptRecordBytes, malformedFiles);
    ConversionProgress progress =
        (records, bad, bytes) -> {
          rowsOfSplit += records;
          eachBatch.run();
        };
    this.rows =
        limits.onlyMalformed()
            ? new DroppedRows(settings, malformed, eachBatch)
            : new WrittenRows(settings, unique, malformed, progress);
  }

  /**
   * Converts a split.
   *
   * @throws ObjectTroubleException where that is its object's fault
   * @throws EnvironmentException where it is nobody's
   * @throws IOException where the files can't be written
   */
  void convert(Split split) throws ObjectTroubleException, IOException {
    long ordinal = split.arrival().ordinal();
    rowsOfSplit = 0;
    PinnedInput input = new PinnedInput(s3, split, settings.store().reads(), objects.take(split));
    Quota before = malformed.counted(ordinal);
    try {
      SplitResult result = rows.convert(librarySplit(split, input));
      Quota now = malformed.counted(ordinal);
      counts.merge(
          ordinal,
          new ObjectCounts(
              result.records(),
              result.malformed(),
              now.bytes() - before.bytes(),
              result.bytes(),
              result.withoutTimestamp()),
          ObjectCounts::plus);
    } catch (EnoughException e) {
      // What is kept of this object is kept.
    } catch (PinnedInputStream.TroubleInStream e) {
      throw e.trouble();
    } catch (RecordTooLargeException e) {
      throw trouble(
          ordinal,
          QuarantineReason.RECORD_TOO_LARGE,
          "a record at byte %d is too large".formatted(e.offset()),
          e);
    } catch (DamagedInputException e) {
      throw trouble(ordinal, QuarantineReason.DAMAGED, String.valueOf(e.getMessage()), e);
    }
    requireFewMalformed(split);
  }

  /** Whether the files have something of the object of which a split was converted last. */
  boolean hasAny(long ordinal) {
    return rowsOfSplit > 0
        || malformed.kept().containsKey(ordinal)
        || counts.getOrDefault(ordinal, ObjectCounts.NOTHING).records() > 0;
  }

  /** Forgets the counts of an object that the files have nothing of. */
  void leaveOut(long ordinal) {
    counts.remove(ordinal);
  }

  TaskResult finish(List<ObjectTrouble> troubles) throws IOException {
    return TaskResult.of(
        rows.finish(), malformedFiles.finish(), counts, malformed.kept(), troubles);
  }

  @Override
  public void close() throws IOException {
    objects.close();
    try {
      malformedFiles.close();
    } finally {
      rows.close();
    }
  }

  /** Of an object that is read by several tasks, only all of them together can tell. */
  private void requireFewMalformed(Split split) throws ObjectTroubleException {
    long ordinal = split.arrival().ordinal();
    ObjectCounts count = counts.getOrDefault(ordinal, ObjectCounts.NOTHING);
    if (split.isWhole()
        && settings.conversion().quarantine().isHopeless(count.records(), count.malformed())) {
      throw new ObjectTroubleException(
          ObjectTrouble.malformedRatio(ordinal, count.records(), count.malformed()), null);
    }
  }

  private static ObjectTroubleException trouble(
      long ordinal, QuarantineReason reason, String detail, Exception cause) {
    return new ObjectTroubleException(ObjectTrouble.of(ordinal, reason, detail), cause);
  }

  private static io.millrace.conversion.Split librarySplit(Split split, PinnedInput input) {
    return split.isWhole()
        ? io.millrace.conversion.Split.whole(input)
        : io.millrace.conversion.Split.range(input, split.start(), split.end());
  }
}
