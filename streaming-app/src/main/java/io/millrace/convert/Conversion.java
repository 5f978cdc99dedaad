package io.millrace.convert;

import io.millrace.ledger.Outcome;
import io.millrace.ledger.OutputFile;
import io.millrace.plan.Division;
import java.util.List;

/**
 * What an engine made of a batch.
 *
 * @param outcomes one for each arrival that was to be converted, ascending by ordinal
 * @param files the main table's new files
 * @param quarantineFiles the quarantine table's new files
 * @param nullTimestamps rows whose partition comes from the event time, because their timestamp was
 *     null
 * @param division how the arrivals were divided among tasks
 */
public record Conversion(
    List<Outcome> outcomes,
    List<OutputFile> files,
    List<OutputFile> quarantineFiles,
    long nullTimestamps,
    Division division) {

  /** Of a batch in which nothing is to be read. */
  public static final Conversion NOTHING =
      new Conversion(List.of(), List.of(), List.of(), 0, Division.NONE);

  public Conversion {
    outcomes = List.copyOf(outcomes);
    files = List.copyOf(files);
    quarantineFiles = List.copyOf(quarantineFiles);
  }
}
