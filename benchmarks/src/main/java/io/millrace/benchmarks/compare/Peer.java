package io.millrace.benchmarks.compare;

import java.util.List;

/** Who is compared. */
enum Peer {
  MILLRACE("Millrace", List.of("-Xmx256m", "-XX:+UseSerialGC")) {
    @Override
    Converter converter() {
      return new MillraceConverter();
    }
  },
  DUCKDB("DuckDB", List.of("-Xmx512m")) {
    @Override
    Converter converter() throws Exception {
      return new DuckDbConverter();
    }
  },
  SPARK("Spark", List.of("-Xmx2g")) {
    @Override
    Converter converter() {
      return new SparkConverter();
    }
  };

  private final String label;
  private final List<String> jvmOptions;

  Peer(String label, List<String> jvmOptions) {
    this.label = label;
    this.jvmOptions = jvmOptions;
  }

  String label() {
    return label;
  }

  /** Options of its JVM, besides those that Spark needs. */
  List<String> jvmOptions() {
    return jvmOptions;
  }

  /** One that works in this process. */
  abstract Converter converter() throws Exception;
}
