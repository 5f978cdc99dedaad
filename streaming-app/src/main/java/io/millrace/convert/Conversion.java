package io.millrace.convert;

import io.millrace.ledger.Outcome;
import io.millrace.ledger.OutputFile;
import java.util.List;

/**
 * What an engine made of a batch.
 *
 * @param outcomes one for each arrival that was to be converted, ascending by ordinal
 * @param files the main table's new files
 * @param quarantineFiles the quarantine table's new files
 * @param nullTimestamps rows whose partition comes from the event time, because their timestamp was
 *     null
 */
public record Conversion(
    List<Outcome> outcomes,
    List<OutputFile> files,
    List<OutputFile> quarantineFiles,
    long nullTimestamps) {

  /** Of a batch in which nothing is to be read. */
  public static final Conversion NOTHING = new Conversion(List.of(), List.of(), List.of(), 0);

  public Conversion {
    outcomes = List.copyOf(outcomes);
    files = List.copyOf(files);
    quarantineFiles = List.copyOf(quarantineFiles);
  }
}
