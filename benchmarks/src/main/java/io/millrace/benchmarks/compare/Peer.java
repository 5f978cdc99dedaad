package io.millrace.benchmarks.compare;

import java.nio.file.Path;

/** Who is compared. */
enum Peer {
  MILLRACE("Millrace", "ndjson-parquet") {
    @Override
    Converter converter() {
      return new MillraceConverter();
    }
  },
  DUCKDB("DuckDB", "ndjson-parquet") {
    @Override
    Converter converter() throws Exception {
      return new DuckDbConverter();
    }
  },
  SPARK("Spark", "streaming-app") {
    @Override
    Converter converter() {
      return new SparkConverter();
    }
  };

  private final String label;
  private final String module;

  Peer(String label, String module) {
    this.label = label;
    this.module = module;
  }

  String label() {
    return label;
  }

  /** The file of options for its JVM: those that {@code ./millrace} starts that module with. */
  String jvmOptions(Path root) {
    return "@" + root.resolve(module).resolve("target").resolve("jvm-options");
  }

  /** One that works in this process. */
  abstract Converter converter() throws Exception;
}
