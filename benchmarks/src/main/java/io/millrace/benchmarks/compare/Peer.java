package io.millrace.benchmarks.compare;

import java.nio.file.Path;

/** Who is compared. */
enum Peer {
  MILLRACE("Millrace", "ndjson-parquet", "-Xmx384m") {
    @Override
    Converter converter() {
      return new MillraceConverter();
    }
  },
  DUCKDB("DuckDB", "ndjson-parquet", "-Xmx384m") {
    @Override
    Converter converter() throws Exception {
      return new DuckDbConverter();
    }
  },
  SPARK("Spark", "streaming-app", "-Xmx2g") {
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
  String jvmOptions(Path root) {
    return "@" + root.resolve(module).resolve("target").resolve("jvm-options");
  }

  /** The option for the size of its heap: for Millrace, what the script gives one thread. */
  String heap() {
    return heap;
  }

  /** One that works in this process. */
  abstract Converter converter() throws Exception;
}
