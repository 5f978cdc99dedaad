package io.millrace.benchmarks.stream;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.millrace.benchmarks.compare.Peer;
import io.millrace.localstack.LocalStack;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A peer that runs, in a process that ends with this one. */
final class StreamProcess implements AutoCloseable {
  /** What one executor's task slot has by default, and the collector for throughput. */
  private static final List<String> HEAP = List.of("-Xmx2g", "-XX:+UseParallelGC");

  private static final Duration LOOK_INTERVAL = Duration.ofMillis(50);
  private static final Duration STALL_LIMIT = Duration.ofMinutes(15);

  private final StreamPeer peer;
  private final StreamPlaces places;
  private final Process process;

  private StreamProcess(StreamPeer peer, StreamPlaces places, Process process) {
    this.peer = peer;
    this.places = places;
    this.process = process;
  }

  /**
   * Starts it.
   *
   * @param root where Millrace's modules lie
   */
  static StreamProcess start(StreamPeer peer, Path root, LocalStack stack, StreamPlaces places)
      throws IOException {
    Path application = root.resolve("streaming-app");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add(Peer.SPARK.jvmOptions(root));
    command.addAll(HEAP);
    command.add(
        "-Dlog4j2.configurationFile=" + application.resolve("conf/log4j2.properties").toUri());
    command.addAll(List.of("-cp", classPath(root), peer.mainClass()));
    command.addAll(peer.arguments(places));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("AWS_ACCESS_KEY_ID", stack.accessKey());
    builder.environment().put("AWS_SECRET_ACCESS_KEY", stack.secretKey());
    builder.environment().put("AWS_EC2_METADATA_DISABLED", "true");
    builder.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
    builder.redirectErrorStream(true).redirectOutput(places.log().toFile());
    return new StreamProcess(peer, places, builder.start());
  }

  /** What the application has, Spark included, and our own main class. */
  private static String classPath(Path root) throws IOException {
    Path application = root.resolve("streaming-app").resolve("target");
    return String.join(
        File.pathSeparator,
        application.resolve("classes").toString(),
        Files.readString(application.resolve("classpath")).strip(),
        root.resolve("benchmarks").resolve("target").resolve("classes").toString());
  }

  /** Seconds of all its threads since its start. */
  double cpuSeconds() {
    return process.info().totalCpuDuration().orElseThrow().toMillis() / 1e3;
  }

  /** The most memory that it has had resident until now, in bytes. */
  long peakBytes() throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/" + process.pid() + "/status"))) {
      if (line.startsWith("VmHWM:")) {
        return Long.parseLong(line.replaceAll("\\D", "")) * 1024;
      }
    }
    throw new IOException("the kernel does not tell the peak of process " + process.pid());
  }

  /**
   * Returns when so many records are in the table.
   *
   * @throws IOException also when it ends, or commits more
   */
  void awaitRecords(long expected) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + STALL_LIMIT.toNanos();
    for (long records = records(); records != expected; records = records()) {
      if (records > expected || !process.isAlive() || System.nanoTime() > deadline) {
        throw new IOException(
            "%s has committed %d records of %d and %s; its log is %s"
                .formatted(
                    peer.label(),
                    records,
                    expected,
                    process.isAlive() ? "runs" : "has ended",
                    places.log()));
      }
      Thread.sleep(LOOK_INTERVAL.toMillis());
    }
  }

  private long records() throws IOException {
    if (!Files.exists(places.progress())) {
      return 0;
    }
    String text = Files.readString(places.progress());
    JsonMapper json = new JsonMapper();
    long sum = 0;
    for (String line : text.substring(0, text.lastIndexOf('\n') + 1).lines().toList()) {
      sum += json.readTree(line).required("records").asLong();
    }
    return sum;
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }
}
