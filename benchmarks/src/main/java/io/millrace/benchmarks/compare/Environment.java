package io.millrace.benchmarks.compare;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What the measurements were taken on. */
public final class Environment {
  private Environment() {}

  /** One line each, ready to print. */
  public static List<String> describe() {
    OperatingSystemMXBean system =
        (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    List<String> lines = new ArrayList<>();
    lines.add("processor: %s, %d cores".formatted(processor(), system.getAvailableProcessors()));
    lines.add("memory: %d MiB".formatted(system.getTotalMemorySize() >> 20));
    lines.add("system: %s %s".formatted(system.getName(), system.getVersion()));
    lines.add("load average at the start: %.1f".formatted(system.getSystemLoadAverage()));
    lines.add("Java: %s".formatted(Runtime.version()));
    lines.add(
        "Spark: %s"
            .formatted(
                org.apache.spark.sql.SparkSession.class.getPackage().getImplementationVersion()));
    lines.add("DuckDB: %s".formatted(duckDb()));
    return lines;
  }

  private static String duckDb() {
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:")) {
      return connection.getMetaData().getDatabaseProductVersion();
    } catch (SQLException e) {
      throw new IllegalStateException("DuckDB does not start", e);
    }
  }

  private static String processor() {
    try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"))) {
      return lines
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse("unknown");
    } catch (IOException e) {
      return "unknown";
    }
  }
}
