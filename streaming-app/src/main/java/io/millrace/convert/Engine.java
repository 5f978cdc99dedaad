package io.millrace.convert;

import io.millrace.ledger.Arrival;
import java.io.IOException;
import java.util.List;

/** Turns the objects of a batch into files that are ready to be published. */
public interface Engine {

  /**
   * Reads each arrival's pinned version and writes its rows. Nothing becomes visible.
   *
   * @param arrivals ascending by ordinal; none of them is superseded
   * @return an outcome for each of them, and the files
   * @throws EnvironmentException when the batch as a whole can't be read or written now, and has to
   *     be tried again later
   * @throws IOException when the table can't be written; also to be tried again
   */
  Conversion convert(List<Arrival> arrivals) throws IOException;
}
