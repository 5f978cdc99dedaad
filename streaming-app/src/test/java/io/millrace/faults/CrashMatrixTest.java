package io.millrace.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.localstack.LocalStack;
import io.millrace.testing.TestSpark;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.RuntimeConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever goes wrong at a call that leaves the process, every record arrives once.
 *
 * <p>{@code -Dmillrace.cells=TEXT} runs only the cells whose label contains the text, and those
 * that lead there. {@code -Dmillrace.everyKind=true} runs each kind at each point, needed or not.
 */
class CrashMatrixTest {
  private static final String CELLS = System.getProperty("millrace.cells", "");

  /** What happens seldom by default: Delta's checkpoints, and Spark's removal of old ones. */
  private static final Map<String, String> OFTEN =
      Map.of(
          "spark.databricks.delta.properties.defaults.checkpointInterval",
          Integer.toString(ScenarioMatrix.CHECKPOINT_INTERVAL),
          "spark.sql.streaming.minBatchesToRetain",
          "2");

  /** One of so many cells may depend on the clock or on chance. */
  private static final int SELDOM_SHARE = 20;

  @TempDir Path folder;

  @Test
  void everyRecordArrivesOnceWhateverGoesWrongAtACallThatLeavesTheProcess() throws Exception {
    FaultPoints points = FaultPoints.find();
    Report report = new Report(Path.of("target", "crash-matrix.txt"));
    Injector injector = new Injector(points.all());
    CrashMatrix matrix =
        new CrashMatrix(
            injector,
            TestSpark.session(),
            LocalStack.shared(),
            folder,
            cell -> cell.label().contains(CELLS) || CELLS.contains(cell.label()),
            report);
    Faults.reportTo(injector);
    RuntimeConfig conf = TestSpark.session().conf();
    OFTEN.forEach(conf::set);
    try {
      points.weaveDuring(matrix::run);
    } finally {
      OFTEN.keySet().forEach(conf::unset);
      Faults.reportTo(null);
      summarize(matrix, points.all(), report);
    }
    assertThat(report.results())
        .as("cells that went wrong; run one alone with -Dmillrace.cells='LABEL'")
        .filteredOn(result -> result.flaw() != null)
        .extracting(result -> result.cell().label() + ": " + result.flaw())
        .isEmpty();
    if (CELLS.isEmpty()) {
      assertComplete(matrix, points.all(), report);
    }
  }

  private static void assertComplete(CrashMatrix matrix, List<FaultPoint> points, Report report)
      throws Exception {
    assertThat(report.results())
        .as("cells whose fault did not come about: a few, for which two threads have to meet")
        .filteredOn(result -> !result.fired())
        .extracting(result -> result.cell().label())
        .hasSizeLessThanOrEqualTo(report.results().size() / SELDOM_SHARE);
    Waivers waivers = Waivers.read();
    Set<FaultPoint> run = run(matrix, report, Integer.MAX_VALUE);
    assertThat(points)
        .as("points at which no fault was run, and that nobody has waived; see CONTRIBUTING.md")
        .filteredOn(point -> !run.contains(point) && !waivers.covers(point))
        .extracting(FaultPoint::name)
        .isEmpty();
    assertThat(waivers.reasons().keySet())
        .as("waivers of points that are there no more")
        .filteredOn(waiver -> points.stream().noneMatch(point -> Waivers.covers(waiver, point)))
        .isEmpty();
    assertThat(run(matrix, report, 1))
        .as("points that are waived though a fault was run there, and led there by no other")
        .filteredOn(waivers::covers)
        .extracting(FaultPoint::name)
        .isEmpty();
  }

  /** The points at which a fault has come about, in cells of at most so many. */
  private static Set<FaultPoint> run(CrashMatrix matrix, Report report, int faults) {
    return report.results().stream()
        .filter(result -> result.fired() && result.cell().faults().size() <= faults)
        .flatMap(result -> result.cell().faults().stream())
        .map(fault -> matrix.reached().get(fault.site()))
        .collect(Collectors.toSet());
  }

  private static void summarize(CrashMatrix matrix, List<FaultPoint> points, Report report) {
    Set<FaultPoint> reached = Set.copyOf(matrix.reached().values());
    points.stream()
        .filter(point -> !reached.contains(point))
        .forEach(point -> report.line("not reached: " + point.name()));
    System.out.printf(
        "Crash matrix: %d fault points, %d of them reached, at %d sites; %s%n",
        points.size(), reached.size(), matrix.reached().size(), report);
  }
}
