package io.millrace.convert;

import io.millrace.ledger.Arrival;
import java.util.List;

/** Knows other objects than those of a batch, to find out whether S3 gives anything at all. */
@FunctionalInterface
public interface Witnesses {

  /** Some arrivals from before and behind the batch, those nearest to it; of any bucket. */
  List<Arrival> near(List<Arrival> batch);
}
