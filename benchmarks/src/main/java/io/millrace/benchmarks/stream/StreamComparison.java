package io.millrace.benchmarks.stream;

import io.millrace.benchmarks.compare.MeasuredProcess;
import io.millrace.benchmarks.compare.Measurement;
import io.millrace.benchmarks.compare.Peer;
import io.millrace.benchmarks.compare.ResultChecksum;
import io.millrace.benchmarks.data.DataFile;
import io.millrace.benchmarks.data.Shape;
import io.millrace.conversion.LocalOutput;
import io.millrace.localstack.LocalStack;
import io.millrace.localstack.LocalStackOptions;
import io.millrace.schema.SchemaParser;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;

/** Sends the same objects through each peer in turn, on servers of their own. */
final class StreamComparison {
  /** Batches of one small object each: the driver's code is compiled after so many. */
  private static final int SMALL_BATCHES = 40;

  private static final long SMALL_BYTES = 1 << 20;

  /** Conversions by the library that are not measured, and those that are. */
  private static final int COLD = 2;

  private static final int WARM = 3;

  /** All that waits, within the bounds for objects and bytes. */
  private static final String ADMISSION = "{target-duration: 1h}";

  private final Path root;
  private final Path workDirectory;
  private final int warmUp;
  private final int objects;
  private final PrintStream progress;

  /**
   * @param root where Millrace's modules lie
   * @param warmUp how many objects warm a peer up
   * @param objects how many it is measured with
   */
  StreamComparison(Path root, Path workDirectory, int warmUp, int objects, PrintStream progress) {
    this.root = root;
    this.workDirectory = workDirectory;
    this.warmUp = warmUp;
    this.objects = objects;
    this.progress = progress;
  }

  /** The library alone, on the same bytes: its third to fifth conversion in a process. */
  StreamRound library(Shape shape, Path input) throws IOException, InterruptedException {
    StreamRound round = library(shape, input, workDirectory);
    progress.printf("%s, the library alone: %s%n", shape.label(), round);
    return round;
  }

  /**
   * The library while another conversion keeps another core busy, as the servers do while a peer is
   * measured: cores share caches, memory, and maybe more.
   */
  StreamRound libraryBesideAnother(Shape shape, Path input)
      throws IOException, InterruptedException {
    CompletableFuture<StreamRound> other =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                Path own = Files.createDirectories(workDirectory.resolve("other"));
                return library(shape, input, own);
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new CompletionException(e);
              }
            });
    StreamRound one = library(shape, input, workDirectory);
    StreamRound both = one.meanWith(other.join());
    progress.printf("%s, the library beside another conversion: %s%n", shape.label(), both);
    return both;
  }

  private StreamRound library(Shape shape, Path input, Path directory)
      throws IOException, InterruptedException {
    Path outputs = directory.resolve("outputs");
    LocalOutput.deleteTree(outputs);
    List<Measurement> warm =
        new MeasuredProcess(root, directory, 1)
            .run(Peer.MILLRACE, shape, input, outputs, COLD + WARM)
            .subList(COLD, COLD + WARM);
    LocalOutput.deleteTree(outputs);
    return new StreamRound(
        Files.size(input),
        warm.stream().mapToDouble(Measurement::seconds).average().orElseThrow(),
        warm.stream().mapToDouble(Measurement::cpuSeconds).average().orElseThrow());
  }

  /**
   * Sends small objects one by one, until Spark's own code is compiled, then an object's bytes
   * under as many keys as warm the converter up, and then under more keys, measuring.
   *
   * @return what the peer used, and what lies in its table
   */
  Result run(StreamPeer peer, Shape shape, Path input)
      throws IOException, InterruptedException, SQLException {
    Path directory = workDirectory.resolve("stream-" + peer.name());
    LocalOutput.deleteTree(directory);
    Files.createDirectories(directory);
    StreamPlaces places = new StreamPlaces(directory, shape.label());
    Path data = directory.resolve("servers");
    long records = lines(input);
    try (LocalStack stack =
        LocalStack.start(LocalStackOptions.defaults().withDataDirectory(data))) {
      stack.s3().createBucket(request -> request.bucket(StreamPlaces.LANDING));
      stack.s3().createBucket(request -> request.bucket(StreamPlaces.LAKE));
      String queue = stack.createQueue("comparison");
      Files.writeString(
          places.configuration(),
          StreamConfiguration.yaml(stack, queue, places, shape.schema(), ADMISSION));
      try (StreamProcess process = StreamProcess.start(peer, root, stack, places)) {
        Uploads uploads = new Uploads(stack, queue, places);
        Path small = DataFile.in(workDirectory, shape, SMALL_BYTES, 1);
        long smallRecords = lines(small);
        for (int i = 1; i <= SMALL_BATCHES; i++) {
          uploads.announce(uploads.store(small, 1));
          process.awaitRecords(i * smallRecords);
        }
        long before = SMALL_BATCHES * smallRecords + warmUp * records;
        uploads.announce(uploads.store(input, warmUp));
        process.awaitRecords(before);
        // What counts begins when the peer can know of the first object.
        Usage start = peer.lists() ? Usage.of(process) : null;
        List<String> messages = uploads.store(input, objects);
        if (start == null) {
          start = Usage.of(process);
        }
        uploads.announce(messages);
        process.awaitRecords(before + objects * records);
        StreamRound round = Usage.of(process).since(start, objects * Files.size(input));
        progress.printf("%s, %s: %s%n", shape.label(), peer.label(), round);
        return new Result(
            round, ResultChecksum.of(places.partitions(data), SchemaParser.parse(shape.schema())));
      }
    } finally {
      LocalOutput.deleteTree(data);
    }
  }

  private static long lines(Path file) throws IOException {
    try (Stream<String> lines = Files.lines(file)) {
      return lines.count();
    }
  }

  /** What a peer has used until now. */
  private record Usage(long nanos, double cpuSeconds) {
    static Usage of(StreamProcess process) {
      return new Usage(System.nanoTime(), process.cpuSeconds());
    }

    StreamRound since(Usage start, long bytes) {
      return new StreamRound(bytes, (nanos - start.nanos) / 1e9, cpuSeconds - start.cpuSeconds);
    }
  }

  /**
   * A peer's round.
   *
   * @param contents of the table, both times' objects
   */
  record Result(StreamRound round, ResultChecksum contents) {}
}
