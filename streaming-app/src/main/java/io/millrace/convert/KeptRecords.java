package io.millrace.convert;

import io.millrace.convert.QuarantineLayout.ObjectRow;
import io.millrace.ledger.Arrival;
import io.millrace.ledger.OutputFile;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The malformed records of a batch that are kept.
 *
 * @param files the quarantine's new files
 * @param kept how many, by ordinal
 */
record KeptRecords(List<OutputFile> files, Map<Long, Long> kept) {
  static final KeptRecords NOTHING = new KeptRecords(List.of(), Map.of());

  /**
   * What stands for those that are not kept.
   *
   * @param malformed how many there are, by ordinal
   */
  List<ObjectRow> cuts(List<Arrival> arrivals, Map<Long, Long> malformed) {
    return arrivals.stream()
        .flatMap(
            arrival -> {
              long records = malformed.getOrDefault(arrival.ordinal(), 0L);
              long cut = records - kept.getOrDefault(arrival.ordinal(), 0L);
              return cut == 0
                  ? Stream.of()
                  : Stream.of(
                      new ObjectRow(
                          arrival,
                          QuarantineReason.OVER_BATCH_LIMIT,
                          "%d of its %d malformed records are not kept".formatted(cut, records),
                          cut));
            })
        .toList();
  }
}
