package io.millrace.ledger;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * All that the commit of a batch needs: once it is durable, the batch is converted, and whoever
 * finds it publishes exactly these files.
 *
 * @param firstOrdinal the batch's first ordinal; the record is named by it
 * @param lastOrdinal the batch's last ordinal, the table's transaction version after the commit
 * @param attempt 1, and one more each time that an earlier attempt had to be given up
 * @param outcomes one for each ordinal of the range, ascending
 * @param files the main table's new files
 * @param quarantineFiles the quarantine table's new files
 * @param replacedOrdinals ordinals of earlier arrivals whose rows leave the main table with this
 *     commit, ascending, all below {@code firstOrdinal}
 */
public record PreparedBatch(
    long firstOrdinal,
    long lastOrdinal,
    int attempt,
    List<Outcome> outcomes,
    List<OutputFile> files,
    List<OutputFile> quarantineFiles,
    List<Long> replacedOrdinals) {

  public PreparedBatch {
    outcomes = List.copyOf(outcomes);
    files = List.copyOf(files);
    quarantineFiles = List.copyOf(quarantineFiles);
    replacedOrdinals = List.copyOf(replacedOrdinals);
    if (firstOrdinal < 1 || lastOrdinal < firstOrdinal || attempt < 1) {
      throw new IllegalArgumentException(
          "no batch: ordinals %d to %d, attempt %d".formatted(firstOrdinal, lastOrdinal, attempt));
    }
    if (outcomes.size() != lastOrdinal - firstOrdinal + 1) {
      throw new IllegalArgumentException(
          "ordinals %d to %d with %d outcomes"
              .formatted(firstOrdinal, lastOrdinal, outcomes.size()));
    }
    for (int i = 0; i < outcomes.size(); i++) {
      if (outcomes.get(i).ordinal() != firstOrdinal + i) {
        throw new IllegalArgumentException(
            "outcome of %d stands where %d belongs"
                .formatted(outcomes.get(i).ordinal(), firstOrdinal + i));
      }
    }
    Set<Long> seen = new HashSet<>();
    for (long replaced : replacedOrdinals) {
      if (replaced < 1 || replaced >= firstOrdinal || !seen.add(replaced)) {
        throw new IllegalArgumentException(
            "a batch from %d can't replace ordinal %d".formatted(firstOrdinal, replaced));
      }
    }
  }
}
