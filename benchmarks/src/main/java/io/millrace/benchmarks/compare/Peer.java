package io.millrace.benchmarks.compare;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Who is compared. */
public enum Peer {
  MILLRACE("Millrace", "ndjson-parquet", "-Xmx384m") {
    @Override
    String classPath(Path root) throws IOException {
      return libraryClassPath(root);
    }

    @Override
    Converter converter() {
      return new MillraceConverter();
    }
  },
  DUCKDB("DuckDB", "ndjson-parquet", "-Xmx384m") {
    @Override
    String classPath(Path root) throws IOException {
      String driver =
          Arrays.stream(ownClassPath().split(File.pathSeparator))
              .filter(entry -> Path.of(entry).getFileName().toString().startsWith("duckdb"))
              .collect(Collectors.joining(File.pathSeparator));
      return libraryClassPath(root) + File.pathSeparator + driver;
    }

    @Override
    Converter converter() throws Exception {
      return new DuckDbConverter();
    }
  },
  SPARK("Spark", "streaming-app", "-Xmx2g") {
    @Override
    String classPath(Path root) {
      return ownClassPath();
    }

    @Override
    Converter converter() {
      return new SparkConverter();
    }
  };

  private final String label;
  private final String module;
  private final String heap;

  Peer(String label, String module, String heap) {
    this.label = label;
    this.module = module;
    this.heap = heap;
  }

  String label() {
    return label;
  }

  /** The file of options for its JVM: those that {@code ./millrace} starts that module with. */
  public String jvmOptions(Path root) {
    return "@" + root.resolve(module).resolve("target").resolve("jvm-options");
  }

  /** The option for the size of its heap: for Millrace, what the script gives one thread. */
  String heap() {
    return heap;
  }

  /** What it needs and no more: a long class path costs whoever starts. */
  abstract String classPath(Path root) throws IOException;

  private static String ownClassPath() {
    return System.getProperty("java.class.path");
  }

  private static String libraryClassPath(Path root) throws IOException {
    Path library = root.resolve("ndjson-parquet").resolve("target");
    return String.join(
        File.pathSeparator,
        root.resolve("benchmarks").resolve("target").resolve("classes").toString(),
        library.resolve("classes").toString(),
        Files.readString(library.resolve("classpath")).strip());
  }

  /** One that works in this process. */
  abstract Converter converter() throws Exception;
}
