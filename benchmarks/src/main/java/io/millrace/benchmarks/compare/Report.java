package io.millrace.benchmarks.compare;

import java.io.PrintStream;
import java.util.List;

/** Prints results as tables for a document. */
final class Report {
  private final PrintStream out;
  private final Peer measured;

  /**
   * @param measured whose ratios to the others are told
   */
  Report(PrintStream out, Peer measured) {
    this.out = out;
    this.measured = measured;
  }

  void environment(List<String> lines) {
    lines.forEach(line -> out.println("- " + line));
    out.println();
  }

  void table(List<ShapeResult> results) {
    out.println(
        "| file | converter | MB/s of CPU, whole process | MB/s of CPU, warm | MB/s by the wall, warm"
            + " | Parquet, MB | rows, checksum |");
    out.println("| --- | --- | --- | --- | --- | --- | --- |");
    for (ShapeResult result : results) {
      for (Peer peer : result.rounds().keySet()) {
        Output output = result.outputs().get(peer);
        out.printf(
            "| %s, %.0f MB | %s | %s | %s | %s | %.1f | %d, %s |%n",
            result.shape().label(),
            result.inputBytes() / 1e6,
            peer.label(),
            result.processRate(peer).format("%.0f"),
            result.warmRate(peer).format("%.0f"),
            result.warmWallRate(peer).format("%.0f"),
            output.bytes() / 1e6,
            output.checksum().rows(),
            output.checksum().digest());
      }
    }
    out.println();
    ratios(results);
  }

  private void ratios(List<ShapeResult> results) {
    if (results.stream().noneMatch(result -> result.rounds().containsKey(measured))) {
      return;
    }
    out.println("| file | compared with | CPU, whole process | CPU, warm | same result |");
    out.println("| --- | --- | --- | --- | --- |");
    for (ShapeResult result : results) {
      for (Peer peer : result.rounds().keySet()) {
        if (peer != measured) {
          out.printf(
              "| %s | %s | %s× | %s× | %s |%n",
              result.shape().label(),
              peer.label(),
              result.processRatio(measured, peer).format("%.2f"),
              result.warmRatio(measured, peer).format("%.2f"),
              result.agrees() ? "yes" : "NO");
        }
      }
    }
    out.println();
  }
}
