package io.millrace.app;

import io.millrace.app.config.AppConfig;
import io.millrace.convert.RowLayout;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/** Checks what can be checked of a configuration without asking a service. */
final class ConfigCheck {
  private static final Pattern REMOTE = Pattern.compile("(?!file:)[A-Za-z][A-Za-z0-9+.-]+://.*");

  private ConfigCheck() {}

  /**
   * What a check found in order.
   *
   * @param columns the table's, where the schema could be read
   * @param unchecked what it did not look at, a phrase each
   */
  record Result(String stream, Optional<StructType> columns, List<String> unchecked) {

    String text(Path file) {
      StringBuilder text = new StringBuilder();
      text.append("%s: stream %s can be configured like this%n".formatted(file, stream));
      columns.ifPresent(schema -> text.append("table columns: %s%n".formatted(schema.toDDL())));
      unchecked.forEach(what -> text.append("not checked: %s%n".formatted(what)));
      return text.toString();
    }
  }

  /**
   * Checks the schema and the columns; starts a local Spark where there is a projection, whose SQL
   * nobody else understands.
   *
   * @throws OperatorException where they do not go together
   */
  static Result of(AppConfig config) throws IOException {
    List<String> unchecked = new ArrayList<>();
    Optional<StructType> columns = Optional.empty();
    String file = config.schemaFile();
    if (file != null && REMOTE.matcher(file).matches()) {
      unchecked.add("the schema in " + file + ", nor the columns made of it");
    } else {
      columns = Optional.of(layout(config).tableSchema());
    }
    unchecked.add("whether queue, buckets and roles are there and may be used");
    unchecked.add("whether ledger, checkpoint and tables can be written, and fit the stream");
    unchecked.add("whether Spark and Hadoop know the settings of spark-conf and hadoop-conf");
    return new Result(config.stream(), columns, unchecked);
  }

  private static RowLayout layout(AppConfig config) throws IOException {
    Configuration hadoop = new Configuration();
    if (config.conversion().projection().isEmpty()) {
      return StreamOutput.layout(config, null, hadoop);
    }
    SparkSession running = SparkSession.getActiveSession().getOrElse(() -> null);
    SparkSession spark =
        running != null
            ? running
            : SparkSession.builder()
                .master("local[1]")
                .appName("config-check")
                .config("spark.ui.enabled", "false")
                .getOrCreate();
    try {
      return StreamOutput.layout(config, spark, hadoop);
    } finally {
      if (running == null) {
        spark.stop();
      }
    }
  }
}
