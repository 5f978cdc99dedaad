package io.millrace.cluster;

import static org.awaitility.Awaitility.await;

import io.millrace.testing.OtherJvm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.SparkConf;
import org.apache.spark.deploy.master.Master$;
import org.apache.spark.rpc.RpcEnv;

/**
 * Spark's standalone cluster on loopback: a master in this JVM, each worker in one of its own, and
 * the executors that workers start for an application in others still. All of them have the tests'
 * class path, and end with this JVM at the latest.
 *
 * <p>The application's driver must be in another JVM than the tests': those have a Spark of their
 * own, and a JVM has one.
 */
public final class StandaloneCluster implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final long EXIT_SECONDS = 30;

  private final Path folder;
  private final RpcEnv master;
  private final int port;
  private final List<Process> workers = new ArrayList<>();

  private StandaloneCluster(Path folder, RpcEnv master, int port) {
    this.folder = folder;
    this.master = master;
    this.port = port;
  }

  /**
   * Starts a cluster; its workers have registered when the first application asks for executors.
   *
   * @param folder for logs and the executors' working directories
   * @param workers how many machines it seems to be
   * @param cores of each
   */
  public static StandaloneCluster start(Path folder, int workers, int cores) throws IOException {
    RpcEnv master =
        Master$.MODULE$.startRpcEnvAndEndpoint("127.0.0.1", 0, 0, new SparkConf(false))._1();
    StandaloneCluster cluster = new StandaloneCluster(folder, master, master.address().port());
    try {
      Files.createDirectories(cluster.home().resolve("jars"));
      for (int i = 0; i < workers; i++) {
        cluster.startWorker(cores);
      }
      return cluster;
    } catch (IOException | RuntimeException e) {
      cluster.close();
      throw e;
    }
  }

  /** Where an application finds it. */
  public String url() {
    return "spark://127.0.0.1:" + port;
  }

  /**
   * The settings with which an application runs on it: an executor a worker, with all its cores.
   *
   * @param heap of an executor, such as {@code 600m}
   */
  public Map<String, String> sparkConf(String heap) {
    Map<String, String> conf = new LinkedHashMap<>();
    conf.put("spark.master", url());
    conf.put("spark.driver.host", "127.0.0.1");
    conf.put("spark.driver.bindAddress", "127.0.0.1");
    conf.put("spark.executor.memory", heap);
    conf.put("spark.executor.extraClassPath", OtherJvm.classPath());
    conf.put("spark.executor.extraJavaOptions", quoted(OtherJvm.quickStart()));
    conf.put("spark.ui.enabled", "false");
    return conf;
  }

  /** As Spark takes several options, of which some name files. */
  private static String quoted(List<String> options) {
    return options.stream().map(option -> '"' + option + '"').collect(Collectors.joining(" "));
  }

  /** The same as a value of the configuration key {@code spark-conf}. */
  public String sparkConfYaml(String heap) {
    return yaml(sparkConf(heap));
  }

  /** Settings as a value of that key. */
  public static String yaml(Map<String, String> sparkConf) {
    return sparkConf.entrySet().stream()
        .map(setting -> "%s: '%s'".formatted(setting.getKey(), setting.getValue()))
        .collect(Collectors.joining(", ", "{", "}"));
  }

  /** One machine more. */
  public void startWorker(int cores) throws IOException {
    startWorkerOn("127.0.0.1", cores);
  }

  /**
   * One machine more, of another name than the others where Spark's scheduler is to tell them
   * apart.
   *
   * @param host a name or address of loopback
   */
  public void startWorkerOn(String host, int cores) throws IOException {
    List<String> worker =
        List.of(
            WorkerMain.class.getName(),
            "--host",
            host,
            "--port",
            "0",
            "--webui-port",
            "0",
            "--cores",
            Integer.toString(cores),
            "--memory",
            "4g",
            "--work-dir",
            folder.resolve("work-" + workers.size()).toString(),
            url());
    ProcessBuilder builder =
        new ProcessBuilder(OtherJvm.command(List.of("-Xmx256m"), worker))
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("worker-%d.log".formatted(workers.size())).toFile());
    // What the worker's launcher wants of an installation of Spark; the class path has its jars.
    builder.environment().put("SPARK_HOME", home().toString());
    builder.environment().put("SPARK_SCALA_VERSION", "2.12");
    workers.add(builder.start());
  }

  /** The executors that live, of all workers. */
  public List<ProcessHandle> executors() {
    return workers.stream().flatMap(Process::children).toList();
  }

  /** SIGKILL for one of the executors; its worker starts another if the application wants one. */
  public void killOneExecutor() {
    List<ProcessHandle> living =
        await().atMost(PATIENCE).until(this::executors, found -> !found.isEmpty());
    kill(living.subList(0, 1));
  }

  /** SIGKILL for all executors; their workers start others if the application wants them. */
  public void killExecutors() {
    kill(executors());
  }

  private static void kill(List<ProcessHandle> processes) {
    processes.forEach(ProcessHandle::destroyForcibly);
    processes.forEach(process -> process.onExit().orTimeout(EXIT_SECONDS, TimeUnit.SECONDS).join());
  }

  /** What workers and executors have logged. */
  public String logs() {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(file -> file.toString().endsWith(".log") || file.endsWith("stderr"))
          .sorted()
          .map(file -> file + ":\n" + text(file))
          .collect(Collectors.joining("\n"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    List<ProcessHandle> all = new ArrayList<>(executors());
    workers.forEach(worker -> all.add(worker.toHandle()));
    kill(all);
    master.shutdown();
    master.awaitTermination();
  }

  private Path home() {
    return folder.resolve("spark-home");
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
