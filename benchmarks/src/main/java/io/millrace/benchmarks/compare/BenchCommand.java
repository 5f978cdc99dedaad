package io.millrace.benchmarks.compare;

import io.millrace.benchmarks.data.DataFile;
import io.millrace.benchmarks.data.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./millrace bench}: compares whole conversions with those of DuckDB and Spark. */
@Command(
    name = "bench",
    subcommands = JmhCommand.class,
    mixinStandardHelpOptions = true,
    description = {
      "Converts the same generated files with Millrace, DuckDB and stock Spark, one thread each, in"
          + " processes of their own and in turn, and prints tables.",
      "Other work on the machine hardly changes CPU times and ratios, but wall times."
    },
    exitCodeListHeading = "Exit status:%n",
    exitCodeList = {"0:success", "1:a conversion failed, or two results differ", "2:usage"})
public final class BenchCommand implements Callable<Integer> {
  private static final long SEED = 1;

  /** Set by the script. */
  private static final String ROOT_PROPERTY = "millrace.root";

  @Option(
      names = "--size",
      defaultValue = "1GiB",
      converter = SizeConverter.class,
      description = "Size of each file (${DEFAULT-VALUE}).")
  private long sizeBytes;

  @Option(
      names = "--rounds",
      defaultValue = "3",
      description = "How often each converter runs on each file (${DEFAULT-VALUE}).")
  private int rounds;

  @Option(
      names = "--shapes",
      split = ",",
      converter = ShapeConverter.class,
      defaultValue = "events,packages,tweets",
      description = "Files: ${DEFAULT-VALUE}.")
  private List<Shape> shapes = List.of();

  @Option(
      names = "--converters",
      split = ",",
      converter = PeerConverter.class,
      defaultValue = "millrace,duckdb,spark",
      description = "Who converts: ${DEFAULT-VALUE}.")
  private List<Peer> peers = List.of();

  @Option(
      names = "--zstd",
      defaultValue = "1",
      description = "Level of compression, the same for all (${DEFAULT-VALUE}).")
  private int zstdLevel;

  @Option(
      names = "--work",
      defaultValue = "target/bench",
      description = "Directory for files, kept for another run, and logs (${DEFAULT-VALUE}).")
  private Path workDirectory = Path.of("target/bench");

  @Override
  public Integer call() throws Exception {
    Files.createDirectories(workDirectory);
    Report report = new Report(System.out, Peer.MILLRACE);
    report.environment(Environment.describe());
    Comparison comparison =
        new Comparison(
            new MeasuredProcess(
                Path.of(System.getProperty(ROOT_PROPERTY, ".")), workDirectory, zstdLevel),
            workDirectory.resolve("outputs"),
            System.err);
    List<ShapeResult> results = new ArrayList<>();
    for (Shape shape : shapes) {
      Path input = file(shape);
      results.add(comparison.run(shape, input, peers, rounds));
    }
    report.table(results);
    return results.stream().allMatch(ShapeResult::agrees) ? 0 : 1;
  }

  private Path file(Shape shape) throws IOException {
    System.err.printf("%s: %d bytes in %s%n", shape.label(), sizeBytes, workDirectory);
    return DataFile.in(workDirectory, shape, sizeBytes, SEED);
  }

  private static final class SizeConverter implements CommandLine.ITypeConverter<Long> {
    @Override
    public Long convert(String value) {
      return ByteSize.parse(value);
    }
  }

  private static final class ShapeConverter implements CommandLine.ITypeConverter<Shape> {
    @Override
    public Shape convert(String value) {
      return Shape.named(value);
    }
  }

  private static final class PeerConverter implements CommandLine.ITypeConverter<Peer> {
    @Override
    public Peer convert(String value) {
      return Peer.valueOf(value.toUpperCase(Locale.ROOT));
    }
  }
}
