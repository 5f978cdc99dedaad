package io.millrace.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.localstack.LocalStack;
import io.millrace.testing.TestSpark;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever goes wrong at a call that leaves the process, every record arrives once.
 *
 * <p>{@code -Dmillrace.cells=TEXT} runs only the cells whose label contains the text, and those
 * that lead there. {@code -Dmillrace.everyKind=true} runs each kind at each point, needed or not.
 */
class CrashMatrixTest {
  private static final String CELLS = System.getProperty("millrace.cells", "");

  @TempDir Path folder;

  @Test
  @EnabledIfSystemProperty(
      named = "millrace.matrix",
      matches = "true",
      disabledReason = "takes many minutes: it runs with -Dmillrace.matrix=true")
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
    try {
      points.weaveDuring(matrix::run);
    } finally {
      Faults.reportTo(null);
      summarize(matrix, points.all(), report);
    }
    assertThat(report.results())
        .as(
            "cells that went wrong; run one alone with -Dmillrace.matrix=true -Dmillrace.cells='LABEL'")
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
        .as("cells whose fault did not come about")
        .filteredOn(result -> !result.fired())
        .extracting(result -> result.cell().label())
        .isEmpty();
    Waivers waivers = Waivers.read();
    Set<FaultPoint> reached = Set.copyOf(matrix.reached().values());
    assertThat(points)
        .as("points that no scenario reaches and nobody has waived; see CONTRIBUTING.md")
        .filteredOn(point -> !reached.contains(point) && !waivers.covers(point))
        .extracting(FaultPoint::name)
        .isEmpty();
    assertThat(waivers.reasons().keySet())
        .as("waivers of points that are reached, or are there no more")
        .filteredOn(
            waiver ->
                points.stream()
                    .noneMatch(point -> Waivers.covers(waiver, point) && !reached.contains(point)))
        .isEmpty();
    assertThat(reached)
        .as("points that are waived though they are reached")
        .filteredOn(waivers::covers)
        .extracting(FaultPoint::name)
        .isEmpty();
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
