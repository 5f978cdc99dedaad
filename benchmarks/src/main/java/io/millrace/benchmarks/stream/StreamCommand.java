package io.millrace.benchmarks.stream;

import io.millrace.benchmarks.compare.ByteSize;
import io.millrace.benchmarks.compare.Series;
import io.millrace.benchmarks.data.DataFile;
import io.millrace.benchmarks.data.Shape;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./millrace bench stream}: the application beside stock Spark and the library alone. */
@Command(
    name = "stream",
    mixinStandardHelpOptions = true,
    description = {
      "Sends the same objects through SQS, S3, Spark and Delta with Millrace and with stock Spark's"
          + " readStream and foreachBatch, one slot each, and compares CPU seconds of their"
          + " processes with those of the library alone.",
    },
    exitCodeListHeading = "Exit status:%n",
    exitCodeList = {"0:success", "1:a peer failed, or two tables differ", "2:usage"})
public final class StreamCommand implements Callable<Integer> {
  private static final long SEED = 1;

  @Option(
      names = "--size",
      defaultValue = "1GiB",
      description = "Size of each object (${DEFAULT-VALUE}).")
  private String size = "1GiB";

  @Option(
      names = "--warm-up",
      defaultValue = "12",
      description = "Objects that warm a peer up (${DEFAULT-VALUE}).")
  private int warmUp;

  @Option(
      names = "--objects",
      defaultValue = "12",
      description = "Objects that a peer is measured with (${DEFAULT-VALUE}).")
  private int objects;

  @Option(
      names = "--rounds",
      defaultValue = "1",
      description = "How often each peer runs on each shape (${DEFAULT-VALUE}).")
  private int rounds;

  @Option(
      names = "--shapes",
      split = ",",
      defaultValue = "events",
      description = "Of events, packages, tweets (${DEFAULT-VALUE}).")
  private List<String> shapes = List.of();

  @Option(
      names = "--peers",
      split = ",",
      defaultValue = "millrace,spark",
      description = "Who is measured (${DEFAULT-VALUE}).")
  private List<StreamPeer> peers = List.of();

  @Option(
      names = "--work",
      defaultValue = "target/bench",
      description = "Directory for files, kept for another run, and logs (${DEFAULT-VALUE}).")
  private Path workDirectory = Path.of("target/bench");

  @Override
  public Integer call() throws Exception {
    Path root = Installation.begin();
    System.out.println(
        "| objects | in the stream | MB/s of CPU | of the library alone"
            + " | of the library beside another | times stock Spark |");
    System.out.println("| --- | --- | --- | --- | --- | --- |");
    boolean agree = true;
    for (String label : shapes) {
      Shape shape = Shape.named(label);
      Path input = DataFile.in(workDirectory, shape, ByteSize.parse(size), SEED);
      agree &= compare(shape, input, root);
    }
    return agree ? 0 : 1;
  }

  /** Whether all tables have the same rows. */
  private boolean compare(Shape shape, Path input, Path root) throws Exception {
    StreamComparison comparison =
        new StreamComparison(root, workDirectory, warmUp, objects, System.err);
    Map<StreamPeer, List<Measured>> measured = new EnumMap<>(StreamPeer.class);
    Set<Object> contents = new HashSet<>();
    StreamRound alone = comparison.library(shape, input);
    StreamRound beside = comparison.libraryBesideAnother(shape, input);
    for (int round = 0; round < rounds; round++) {
      for (StreamPeer peer : peers) {
        StreamComparison.Result result = comparison.run(peer, shape, input);
        StreamRound aloneAfter = comparison.library(shape, input);
        StreamRound besideAfter = comparison.libraryBesideAnother(shape, input);
        measured
            .computeIfAbsent(peer, key -> new ArrayList<>())
            .add(
                new Measured(
                    result.round(), alone.meanWith(aloneAfter), beside.meanWith(besideAfter)));
        alone = aloneAfter;
        beside = besideAfter;
        contents.add(result.contents());
      }
    }
    long bytes = alone.bytes();
    measured.forEach((peer, results) -> print(shape, bytes, peer, results, measured));
    if (contents.size() > 1) {
      System.err.println("the tables differ: " + contents);
    }
    return contents.size() == 1;
  }

  private void print(
      Shape shape,
      long bytes,
      StreamPeer peer,
      List<Measured> results,
      Map<StreamPeer, List<Measured>> all) {
    List<StreamRound> own = results.stream().map(Measured::peer).toList();
    List<Measured> spark = all.getOrDefault(StreamPeer.SPARK, List.of());
    System.out.printf(
        "| %s, %d of %.0f MB | %s | %s | %s | %s | %s |%n",
        shape.label(),
        objects,
        bytes / 1e6,
        peer.label(),
        Series.of(own, StreamRound::cpuRate).format("%.0f"),
        ratios(own, results.stream().map(Measured::alone).toList()),
        ratios(own, results.stream().map(Measured::beside).toList()),
        spark.isEmpty() ? "" : ratios(own, spark.stream().map(Measured::peer).toList()));
  }

  private static String ratios(List<StreamRound> first, List<StreamRound> second) {
    return Series.ratios(first, second, StreamRound::cpuRate).format("%.2f");
  }

  /**
   * A peer's round, and what the library used just before and just after it, on average: a
   * machine's speed changes.
   *
   * @param alone the library alone
   * @param beside the library beside another conversion
   */
  private record Measured(StreamRound peer, StreamRound alone, StreamRound beside) {}
}
