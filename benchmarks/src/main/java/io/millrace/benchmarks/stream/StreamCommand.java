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
      defaultValue = "6",
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
    Map<StreamPeer, List<StreamRound>> measured = new EnumMap<>(StreamPeer.class);
    List<StreamRound> library = new ArrayList<>();
    List<StreamRound> besideAnother = new ArrayList<>();
    Set<Object> contents = new HashSet<>();
    for (int round = 0; round < rounds; round++) {
      library.add(comparison.library(shape, input));
      besideAnother.add(comparison.libraryBesideAnother(shape, input));
      for (StreamPeer peer : peers) {
        StreamComparison.Result result = comparison.run(peer, shape, input);
        measured.computeIfAbsent(peer, key -> new ArrayList<>()).add(result.round());
        contents.add(result.contents());
      }
    }
    measured.forEach(
        (peer, results) ->
            System.out.printf(
                "| %s, %d of %.0f MB | %s | %s | %s | %s | %s |%n",
                shape.label(),
                objects,
                library.get(0).bytes() / 1e6,
                peer.label(),
                Series.of(results, StreamRound::cpuRate).format("%.0f"),
                Series.ratios(results, library, StreamRound::cpuRate).format("%.2f"),
                Series.ratios(results, besideAnother, StreamRound::cpuRate).format("%.2f"),
                measured.containsKey(StreamPeer.SPARK)
                    ? Series.ratios(results, measured.get(StreamPeer.SPARK), StreamRound::cpuRate)
                        .format("%.2f")
                    : ""));
    if (contents.size() > 1) {
      System.err.println("the tables differ: " + contents);
    }
    return contents.size() == 1;
  }
}
