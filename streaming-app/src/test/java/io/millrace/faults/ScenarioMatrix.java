package io.millrace.faults;

import io.millrace.faults.Cell.Moment;
import io.millrace.faults.Report.Result;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Runs every fault at every site that a scenario reaches, each at its first hit, and compares the
 * tables with what arrived.
 *
 * <p>The cells follow each other on one stream, many at a time, so that each starts where the fault
 * before it has left the stream. A row has the name of the portion that it came with, so that one
 * that is missing or doubled tells the cell. Sites that only a fault leads to (what cleans up, what
 * reads back) are found while the cells run, and get cells of two faults.
 */
final class ScenarioMatrix {
  /** Of a Delta table, in commits. */
  static final int CHECKPOINT_INTERVAL = 3;

  /** How long a fault may come behind the commit: in what Spark and the queue are told then. */
  private static final long LATE_MILLIS = 1_000;

  /**
   * What is done at every third commit only, such as a checkpoint of the table's log, comes too.
   */
  private static final int MAX_PASSES = CHECKPOINT_INTERVAL;

  /** What a stream is used for, in passes: it becomes slower with its tables' files. */
  private static final int STREAM_PASSES = 40;

  /** How many ways to a fault are tried until it comes about. */
  private static final int MAX_WAYS = 2;

  private static final boolean EVERY_KIND = Boolean.getBoolean("millrace.everyKind");

  private final Injector injector;
  private final Callable<MatrixStream> streams;
  private final BiPredicate<String, FaultPoint> isNew;
  private final Consumer<Result> results;
  private final Map<String, Cell> cellsByPortion = new LinkedHashMap<>();
  private @Nullable MatrixStream shared;

  /**
   * @param streams makes fresh ones
   * @param isNew whether a site was not reached before
   * @param results told of each cell that was run
   */
  ScenarioMatrix(
      Injector injector,
      Callable<MatrixStream> streams,
      BiPredicate<String, FaultPoint> isNew,
      Consumer<Result> results) {
    this.injector = injector;
    this.streams = streams;
    this.isNew = isNew;
    this.results = results;
  }

  /** Runs the scenario without a fault; returns the cells for all that it reaches. */
  List<Cell> explore(Scenario scenario) throws Exception {
    List<Cell> cells = new ArrayList<>();
    injector.arm(List.of());
    MatrixStream stream = streams.call();
    shared = stream;
    for (Moment moment :
        List.of(
            Moment.FIRST_START,
            Moment.LITTLE,
            Moment.ALL,
            Moment.ALL, // and this one replaces
            Moment.RESTART,
            Moment.WORN_CHECKPOINT)) {
      injector.forgetSites();
      stream.pass(moment);
      stream.settle();
      injector
          .sites()
          .forEach(
              (site, point) -> {
                boolean unused = isNew.test(site, point); // it is known from now on
                cells.addAll(cells(new Cell(scenario, moment, List.of()), site, point));
              });
    }
    finish();
    return cells;
  }

  /** Runs the cells; returns what only their faults have led to. */
  List<Detour> run(List<Cell> cells) throws Exception {
    Map<String, Detour> detours = new LinkedHashMap<>();
    for (Cell cell :
        cells.stream()
            .sorted(Comparator.comparing(Cell::halts).thenComparing(Cell::moment))
            .toList()) {
      results.accept(runUntilItComesAbout(cell));
      injector
          .sites()
          .forEach(
              (site, point) -> {
                if (isNew.test(site, point)) {
                  detours.put(site, new Detour(site));
                }
                if (detours.containsKey(site)) {
                  detours.get(site).add(cells(cell, site, point));
                }
              });
    }
    finish();
    return List.copyOf(detours.values());
  }

  /** Runs each fault of the detours by the way on which it comes about. */
  void runDetours(List<Detour> detours, Predicate<Cell> wanted) throws Exception {
    for (Detour detour : detours) {
      for (List<Cell> ways : detour.waysToEachFault()) {
        Result result = null;
        for (Cell cell : ways.stream().filter(wanted).limit(MAX_WAYS).toList()) {
          result = runUntilItComesAbout(cell);
          if (result.fired() || result.flaw() != null) {
            break;
          }
        }
        if (result != null) {
          results.accept(result);
        }
      }
    }
    finish();
  }

  private Result runUntilItComesAbout(Cell cell) throws Exception {
    Result result = run(cell);
    if (!result.fired() && result.flaw() == null && cell.moment().compareTo(Moment.RESTART) < 0) {
      result = run(cell.at(Moment.RESTART)); // it was there by the clock, and is there at a start
    }
    return result;
  }

  private Result run(Cell cell) throws Exception {
    injector.forgetSites();
    if (cell.moment() != Moment.FIRST_START) {
      return run(cell, shared(), false);
    }
    finish(); // two queries can't have one name
    MatrixStream own = streams.call();
    Result result = run(cell, own, true);
    own.stop();
    return result;
  }

  private Result run(Cell cell, MatrixStream stream, boolean alone) throws Exception {
    long begin = System.nanoTime();
    String flaw = null;
    injector.arm(cell.faults());
    try {
      for (int pass = 0; pass < MAX_PASSES && !haveComeAbout(cell); pass++) {
        cellsByPortion.put(stream.pass(cell.moment()), cell);
        stream.settle();
      }
      if (awaitFaults(cell)) {
        stream.settle();
      }
      List<String> flaws = alone ? stream.flaws() : List.of();
      flaw = flaws.isEmpty() ? null : flaws.toString();
    } catch (AssertionError e) {
      flaw = e.getMessage();
    }
    boolean fired = haveComeAbout(cell);
    injector.arm(List.of());
    if (flaw != null && !alone) {
      MatrixStream broken = stream;
      shared = null;
      broken.stop();
    }
    return new Result(cell, fired, (System.nanoTime() - begin) / 1e9, flaw);
  }

  private boolean haveComeAbout(Cell cell) {
    return injector.fired().size() == cell.faults().size();
  }

  /** Whether faults came only behind the commit. */
  private boolean awaitFaults(Cell cell) throws InterruptedException {
    int before = injector.fired().size();
    long deadline = System.nanoTime() + LATE_MILLIS * 1_000_000;
    while (!haveComeAbout(cell) && System.nanoTime() < deadline) {
      Thread.sleep(10);
    }
    return injector.fired().size() > before;
  }

  /** Tells of rows that are wrong at the end, by the cell with which they came. */
  private void report(List<String> flaws) {
    for (String flaw : flaws) {
      Cell cell =
          cellsByPortion.entrySet().stream()
              .filter(entry -> flaw.matches("(?s).*\\b" + entry.getKey() + "\\b.*"))
              .map(Map.Entry::getValue)
              .findFirst()
              .orElse(null);
      if (cell != null) {
        results.accept(new Result(cell, true, 0, flaw));
      } else {
        throw new AssertionError(flaw);
      }
    }
  }

  private MatrixStream shared() throws Exception {
    if (shared != null && shared.passes() > STREAM_PASSES) { // the first is its start
      finish();
    }
    MatrixStream stream = shared;
    if (stream == null) {
      stream = streams.call();
      shared = stream;
      stream.pass(Moment.FIRST_START);
      stream.settle();
    }
    return stream;
  }

  /** The cells for a site to which the lead has just led. */
  private List<Cell> cells(Cell lead, String site, FaultPoint point) {
    boolean returned = injector.returned().contains(site);
    return point.kinds(EVERY_KIND).stream()
        .filter(kind -> returned || !kind.isBehindTheCall())
        .map(
            kind ->
                new Cell(
                    lead.scenario(),
                    lead.moment(),
                    Stream.concat(lead.faults().stream(), Stream.of(new Fault(site, kind)))
                        .toList()))
        .toList();
  }

  /** Ends the shared stream, and looks at what it has come to. */
  private void finish() throws Exception {
    MatrixStream stream = shared;
    shared = null;
    if (stream != null) {
      stream.stop();
      report(stream.flaws());
      cellsByPortion.clear();
    }
  }
}
