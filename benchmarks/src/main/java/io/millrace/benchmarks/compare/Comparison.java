package io.millrace.benchmarks.compare;

import io.millrace.benchmarks.data.Shape;
import io.millrace.conversion.LocalOutput;
import io.millrace.schema.SchemaParser;
import io.millrace.schema.Type;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Measures the peers in turn, round by round, on one file. */
final class Comparison {
  /** The first conversion of a process, and the third: in the second the compiler still works. */
  private static final int CONVERSIONS = 3;

  private final MeasuredProcess processes;
  private final Path outputs;
  private final PrintStream progress;

  Comparison(MeasuredProcess processes, Path outputs, PrintStream progress) {
    this.processes = processes;
    this.outputs = outputs;
    this.progress = progress;
  }

  /**
   * Measures.
   *
   * @throws IOException also when the results of two peers differ
   */
  ShapeResult run(Shape shape, Path input, List<Peer> peers, int rounds)
      throws IOException, InterruptedException, SQLException {
    Type.Struct schema = SchemaParser.parse(shape.schema());
    Map<Peer, List<Round>> results = new EnumMap<>(Peer.class);
    Map<Peer, Output> written = new EnumMap<>(Peer.class);
    for (int round = 0; round < rounds; round++) {
      for (Peer peer : peers) {
        progress.printf("%s, round %d of %d: %s%n", shape.label(), round + 1, rounds, peer.label());
        Path output = outputs.resolve(peer.name());
        LocalOutput.deleteTree(output);
        List<Measurement> measured = processes.run(peer, shape, input, output, CONVERSIONS);
        measured.forEach(measurement -> progress.println("  " + measurement));
        results
            .computeIfAbsent(peer, key -> new ArrayList<>())
            .add(new Round(measured.get(0), measured.get(CONVERSIONS - 1)));
        if (round == 0) {
          Path first = output.resolve("0");
          written.put(peer, new Output(ResultChecksum.of(first, schema), parquetBytes(first)));
        }
        LocalOutput.deleteTree(output);
      }
    }
    return new ShapeResult(shape, Files.size(input), results, written);
  }

  private static long parquetBytes(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      return files
          .filter(file -> file.toString().endsWith(".parquet"))
          .mapToLong(file -> file.toFile().length())
          .sum();
    }
  }
}
