package io.millrace.faults;

import io.millrace.localstack.LocalStack;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.apache.spark.sql.SparkSession;

/** What all scenarios have in common: the means, what was reached, and what became of it. */
final class CrashMatrix {
  private final Injector injector;
  private final SparkSession spark;
  private final LocalStack stack;
  private final Path folder;
  private final Predicate<Cell> wanted;
  private final Map<String, FaultPoint> reached = new TreeMap<>();
  private final Report report;

  /**
   * @param folder for what lies on the disk
   * @param wanted of all cells, those to be run
   * @param report told of each cell that was run
   */
  CrashMatrix(
      Injector injector,
      SparkSession spark,
      LocalStack stack,
      Path folder,
      Predicate<Cell> wanted,
      Report report) {
    this.injector = injector;
    this.spark = spark;
    this.stack = stack;
    this.folder = folder;
    this.wanted = wanted;
    this.report = report;
  }

  /** Explores all scenarios, then runs each fault where that is quickest. */
  void run() throws Exception {
    Map<Scenario, ScenarioMatrix> matrices = new EnumMap<>(Scenario.class);
    Map<List<Fault>, Cell> quickest = new LinkedHashMap<>();
    for (Scenario scenario : Scenario.values()) {
      ScenarioMatrix matrix = matrix(scenario);
      matrices.put(scenario, matrix);
      for (Cell cell : matrix.explore(scenario)) {
        quickest.merge(
            cell.faults(), cell, (a, b) -> a.moment().compareTo(b.moment()) <= 0 ? a : b);
      }
    }
    for (Map.Entry<Scenario, ScenarioMatrix> entry : matrices.entrySet()) {
      List<Cell> first =
          quickest.values().stream()
              .filter(cell -> cell.scenario() == entry.getKey() && wanted.test(cell))
              .toList();
      entry.getValue().runDetours(entry.getValue().run(first), wanted);
    }
  }

  private ScenarioMatrix matrix(Scenario scenario) {
    return new ScenarioMatrix(
        injector,
        () -> new MatrixStream(scenario, injector, spark, stack, folder),
        this::isNew,
        report::add);
  }

  private boolean isNew(String site, FaultPoint point) {
    return reached.putIfAbsent(site, point) == null;
  }

  /** All sites that were reached, with their points. */
  Map<String, FaultPoint> reached() {
    return reached;
  }
}
