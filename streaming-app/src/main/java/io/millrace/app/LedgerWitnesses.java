package io.millrace.app;

import io.millrace.convert.Witnesses;
import io.millrace.ledger.Arrival;
import io.millrace.ledger.Ledger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The arrivals around a batch, as the ledger has them: those that wait behind it first. */
record LedgerWitnesses(Ledger ledger) implements Witnesses {
  /** How far to look on each side of the batch. */
  static final int REACH = 1_000;

  @Override
  public List<Arrival> near(List<Arrival> batch) {
    long first = batch.get(0).ordinal();
    long last = batch.get(batch.size() - 1).ordinal();
    List<Arrival> near =
        new ArrayList<>(ledger.arrivals(last, Math.min(ledger.head(), last + REACH)));
    List<Arrival> before =
        new ArrayList<>(ledger.arrivals(Math.max(0, first - 1 - REACH), first - 1));
    Collections.reverse(before);
    near.addAll(before);
    return near;
  }
}
