package io.millrace.benchmarks.stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.millrace.conversion.LocalOutput;
import io.millrace.localstack.LocalStack;
import io.millrace.localstack.LocalStackOptions;
import io.millrace.localstack.RequestCounter;
import io.millrace.localstack.control.RequestMatch;
import io.millrace.localstack.events.Envelope;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import software.amazon.awssdk.core.sync.RequestBody;

/** {@code ./millrace bench objects}: what many objects cost, however small they are. */
@Command(
    name = "objects",
    mixinStandardHelpOptions = true,
    description = {
      "Lets many objects of one record land while the application runs with its defaults, on one"
          + " slot, and tells its batches, memory and requests.",
    },
    exitCodeListHeading = "Exit status:%n",
    exitCodeList = {"0:every record arrived once", "1:one did not", "2:usage"})
public final class ObjectsCommand implements Callable<Integer> {
  private static final String SCHEMA = "id STRING, n BIGINT";
  private static final String FILLING = "y".repeat(160);
  private static final int SERVER_MEGABYTES = 1024;

  @Option(
      names = "--objects",
      defaultValue = "28000",
      description = "How many land, as fast as they can be put (${DEFAULT-VALUE}).")
  private int objects;

  @Option(
      names = "--clients",
      defaultValue = "4",
      description = "Who put them at once (${DEFAULT-VALUE}).")
  private int clients;

  @Option(
      names = "--work",
      defaultValue = "target/bench",
      description = "Directory for what the run needs, and logs (${DEFAULT-VALUE}).")
  private Path workDirectory = Path.of("target/bench");

  @Override
  public Integer call() throws Exception {
    Path root = Installation.begin();
    Path directory = workDirectory.resolve("objects");
    LocalOutput.deleteTree(directory);
    Files.createDirectories(directory);
    StreamPlaces places = new StreamPlaces(directory, "objects");
    Path data = directory.resolve("servers");
    boolean complete;
    try (LocalStack stack =
        LocalStack.start(
            LocalStackOptions.defaults()
                .withDataDirectory(data)
                .withHeapMegabytes(SERVER_MEGABYTES))) {
      run(stack, places, root);
      complete = isComplete(places.partitions(data));
    } finally {
      LocalOutput.deleteTree(data);
    }
    System.out.println(complete ? "every record arrived once" : "the table has other records");
    return complete ? 0 : 1;
  }

  /** Whether DuckDB finds each record once in the files; no file is there that no commit names. */
  private boolean isComplete(Path partitions) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement();
        ResultSet result =
            statement.executeQuery(
                "SELECT count(*), count(DISTINCT n), max(n) FROM read_parquet('%s/**/*.parquet')"
                    .formatted(partitions))) {
      result.next();
      return result.getLong(1) == objects
          && result.getLong(2) == objects
          && result.getLong(3) == objects - 1;
    }
  }

  private void run(LocalStack stack, StreamPlaces places, Path root) throws Exception {
    stack.s3().createBucket(request -> request.bucket(StreamPlaces.LANDING));
    stack.s3().createBucket(request -> request.bucket(StreamPlaces.LAKE));
    String queue = stack.createQueue("objects");
    stack.notifyOn(StreamPlaces.LANDING, queue, Envelope.S3);
    Files.writeString(
        places.configuration(), StreamConfiguration.yaml(stack, queue, places, SCHEMA, "{}"));
    try (RequestCounter reads = stack.count(RequestMatch.s3(StreamPlaces.LANDING));
        RequestCounter lake = stack.count(RequestMatch.s3(StreamPlaces.LAKE));
        RequestCounter receives = stack.count(RequestMatch.sqs("ReceiveMessage"));
        RequestCounter deletes = stack.count(RequestMatch.sqs("DeleteMessageBatch"));
        StreamProcess process = StreamProcess.start(StreamPeer.MILLRACE, root, stack, places)) {
      long start = System.nanoTime();
      land(stack, places);
      double landed = (System.nanoTime() - start) / 1e9;
      process.awaitRecords(objects);
      double seconds = (System.nanoTime() - start) / 1e9;
      System.out.printf(
          "%,d objects landed in %.0f s, and were committed %.0f s after the first; %.1f CPU"
              + " seconds, %d MiB resident at most%n",
          objects, landed, seconds, process.cpuSeconds(), process.peakBytes() >> 20);
      printBatches(places);
      Map<String, Long> requests = new TreeMap<>(lake.byOperation());
      System.out.printf(
          "requests: %,d to read objects (%.3f an object); ledger, table and checkpoint %s;"
              + " %,d receives, %,d deletes%n",
          reads.byOperation().getOrDefault("GET", 0L),
          (double) reads.byOperation().getOrDefault("GET", 0L) / objects,
          requests,
          receives.total(),
          deletes.total());
    }
  }

  private void land(LocalStack stack, StreamPlaces places) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(clients);
    try {
      List<Future<?>> parts = new ArrayList<>();
      for (int client = 0; client < clients; client++) {
        int first = client;
        parts.add(
            threads.submit(
                () -> {
                  for (int n = first; n < objects; n += clients) {
                    put(stack, places.key(n), n);
                  }
                }));
      }
      for (Future<?> part : parts) {
        part.get();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private static void put(LocalStack stack, String key, int number) {
    String text = "{\"id\":\"%s\",\"n\":%d}\n".formatted(FILLING, number);
    stack
        .s3()
        .putObject(
            request -> request.bucket(StreamPlaces.LANDING).key(key), RequestBody.fromString(text));
  }

  private static void printBatches(StreamPlaces places) throws IOException {
    JsonMapper json = new JsonMapper();
    List<Double> seconds = new ArrayList<>();
    List<Long> sizes = new ArrayList<>();
    for (String line : Files.readAllLines(places.progress())) {
      JsonNode batch = json.readTree(line);
      seconds.add(batch.required("seconds").asDouble());
      sizes.add(batch.required("objects").asLong());
    }
    seconds.sort(null);
    sizes.sort(null);
    int middle = seconds.size() / 2;
    System.out.printf(
        "%d batches: %.1f s (at most %.1f s) and %,d objects (at most %,d), medians%n",
        seconds.size(),
        seconds.get(middle),
        seconds.get(seconds.size() - 1),
        sizes.get(middle),
        sizes.get(sizes.size() - 1));
  }
}
