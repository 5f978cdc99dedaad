package io.millrace.benchmarks;

import io.millrace.ledger.Arrival;
import io.millrace.ledger.CommittedOffset;
import io.millrace.ledger.HadoopLedgerStore;
import io.millrace.ledger.Ledger;
import io.millrace.ledger.LedgerSettings;
import io.millrace.ledger.Outcome;
import io.millrace.ledger.PreparedBatch;
import io.millrace.notification.Notification;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;

/**
 * What a ledger of many known objects costs, of which {@value #WAITING} wait, beside an empty one:
 * heap, start-up, and a batch of a thousand.
 *
 * <p>Arguments: the number of objects (10 million unless told) and a directory on a local disk.
 * Each step runs in a JVM of its own with a heap of {@value #HEAP}.
 */
public final class LedgerBenchmark {
  static final String HEAP = "1g";
  private static final long DEFAULT_OBJECTS = 10_000_000;
  private static final int FILL_BATCH = 10_000;
  private static final int BATCH = 1_000;
  private static final int WAITING = 100_000;
  private static final int WARM_UP_BATCHES = 60;
  private static final int MEASURED_BATCHES = 101;

  private LedgerBenchmark() {}

  /** See the class. */
  public static void main(String[] arguments) throws Exception {
    if (arguments.length == 3) {
      long objects = Long.parseLong(arguments[1]);
      Path directory = Path.of(arguments[2]);
      switch (arguments[0]) {
        case "fill" -> fill(directory, objects);
        case "measure" -> measure(directory, objects);
        default -> throw new IllegalArgumentException("no step '" + arguments[0] + "'");
      }
      return;
    }
    long objects = arguments.length > 0 ? Long.parseLong(arguments[0]) : DEFAULT_OBJECTS;
    Path directory =
        arguments.length > 1
            ? Path.of(arguments[1])
            : Files.createTempDirectory("ledger-benchmark");
    Path full = directory.resolve("full");
    if (!Files.exists(full)) {
      run("fill", objects, full);
    }
    run("measure", 0, directory.resolve("empty"));
    run("measure", objects, full);
  }

  private static void run(String step, long objects, Path directory) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx" + HEAP);
    command.addAll(
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
            .filter(argument -> argument.startsWith("--add-opens") || argument.startsWith("-D"))
            .toList());
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(
        List.of(
            LedgerBenchmark.class.getName(), step, String.valueOf(objects), directory.toString()));
    int status = new ProcessBuilder(command).inheritIO().start().waitFor();
    if (status != 0) {
      throw new IllegalStateException(step + " ended with status " + status);
    }
  }

  private static void fill(Path directory, long objects) throws IOException {
    Stopwatch watch = new Stopwatch();
    try (HadoopLedgerStore store = store(directory);
        Ledger ledger = open(store)) {
      for (long known = 0; known < objects; known += FILL_BATCH) {
        ledger.append(notifications(known, (int) Math.min(FILL_BATCH, objects - known)));
        commit(ledger, ledger.head());
      }
    }
    print("fill %,d objects: %s; %,d bytes on disk", objects, watch, size(directory));
  }

  private static void measure(Path directory, long objects) throws IOException {
    try (HadoopLedgerStore store = store(directory)) {
      long diskBytes = size(directory);
      Stopwatch watch = new Stopwatch();
      Ledger ledger = open(store);
      String opened = watch.toString();
      String limit = watch.limit();
      ledger.catchUp(new CommittedOffset(objects, objects == 0 ? 0 : 1));
      print("%,d known objects, -Xmx%s, %,d bytes on disk", objects, HEAP, diskBytes);
      print("  start-up: %s (%s); with the catching up %s", opened, limit, watch);
      int waiting = objects == 0 ? 0 : WAITING;
      if (waiting > 0) {
        ledger.append(notifications(objects, waiting));
      }
      print("  heap after a collection, with %,d waiting: %,d bytes", waiting, heap());
      long known = objects + waiting;
      batches(ledger, known, WARM_UP_BATCHES);
      batches(ledger, known + (long) WARM_UP_BATCHES * BATCH, MEASURED_BATCHES);
      ledger.close();
    }
  }

  /** Prints the median of each step over some batches, if they are enough. */
  private static void batches(Ledger ledger, long known, int batches) {
    double[][] wall = new double[6][batches];
    double[][] cpu = new double[6][batches];
    for (int i = 0; i < batches; i++) {
      List<Notification> fresh = notifications(known + (long) i * BATCH, BATCH);
      long from = ledger.committed().ordinal();
      Runnable[] steps = {
        () -> ledger.append(fresh),
        () -> ledger.append(fresh), // all of them duplicates
        () -> ledger.admissible(from, BATCH, Long.MAX_VALUE, 0),
        () -> ledger.arrivals(from, from + BATCH),
        () -> commit(ledger, from + BATCH),
        ledger::backlog
      };
      for (int step = 0; step < steps.length; step++) {
        Stopwatch watch = new Stopwatch();
        steps[step].run();
        wall[step][i] = watch.wallMillis();
        cpu[step][i] = watch.cpuMillisOfThread();
      }
    }
    if (batches == MEASURED_BATCHES) {
      String[] names = {"append", "append again", "admit", "arrivals", "commit", "backlog"};
      for (int step = 0; step < names.length; step++) {
        print(
            "  %-12s of %,d: %8.3f ms, of that CPU %8.3f ms (medians of %d)",
            names[step], BATCH, median(wall[step]), median(cpu[step]), batches);
      }
      print("  together: %.3f ms", Arrays.stream(wall).mapToDouble(LedgerBenchmark::median).sum());
    }
  }

  private static void commit(Ledger ledger, long to) {
    long first = ledger.committed().ordinal() + 1;
    List<Outcome> outcomes = new ArrayList<>();
    for (Arrival arrival : ledger.arrivals(first - 1, to)) {
      outcomes.add(
          new Outcome(arrival.ordinal(), Outcome.Kind.CONVERTED, null, 9, 9, 0, 4_000_000_000L));
    }
    ledger.markCommitted(
        ledger.prepare(new PreparedBatch(first, to, 1, outcomes, List.of(), List.of(), List.of())));
  }

  private static List<Notification> notifications(long from, int count) {
    List<Notification> notifications = new ArrayList<>(count);
    for (long n = from; n < from + count; n++) {
      notifications.add(
          new Notification(
              "example-landing-bucket",
              "producer-17/2026/11/01/part-%012d.ndjson".formatted(n),
              null,
              "%032x-536".formatted(n * 0x9e3779b97f4a7c15L),
              "0065%014X".formatted(n),
              4_000_000_000L,
              Instant.ofEpochSecond(1_790_000_000L + n / 4),
              Notification.Origin.EVENT));
    }
    return notifications;
  }

  private static HadoopLedgerStore store(Path directory) throws IOException {
    return HadoopLedgerStore.open(directory.toString(), new Configuration());
  }

  private static Ledger open(HadoopLedgerStore store) {
    return Ledger.takeOver(store, "benchmark", LedgerSettings.defaults(), InstantSource.system());
  }

  private static long heap() {
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  private static long size(Path directory) throws IOException {
    if (!Files.exists(directory)) {
      return 0;
    }
    try (Stream<Path> files = Files.walk(directory)) {
      return files.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum();
    }
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }

  private static void print(String format, Object... values) {
    PrintStream out = System.out;
    out.println(String.format(Locale.ROOT, format, values));
  }

  /** Wall and CPU time since it was made. */
  private static final class Stopwatch {
    private final long wall = System.nanoTime();
    private final long cpu = processCpuNanos();
    private final long threadCpu = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();

    double wallMillis() {
      return (System.nanoTime() - wall) / 1e6;
    }

    double cpuMillisOfThread() {
      return (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - threadCpu) / 1e6;
    }

    /** What the time went into: computing, if that took most of a core, or else waiting. */
    String limit() {
      double share = (processCpuNanos() - cpu) / 1e6 / wallMillis();
      return share > 0.7 ? "limited by CPU" : "limited by the disk or by other processes";
    }

    @Override
    public String toString() {
      return String.format(
          Locale.ROOT,
          "%.1f s, of that CPU %.1f s",
          wallMillis() / 1e3,
          (processCpuNanos() - cpu) / 1e9);
    }

    private static long processCpuNanos() {
      return ((com.sun.management.OperatingSystemMXBean)
              ManagementFactory.getOperatingSystemMXBean())
          .getProcessCpuTime();
    }
  }
}
