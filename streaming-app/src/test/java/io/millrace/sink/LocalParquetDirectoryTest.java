package io.millrace.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.ledger.CommittedOffset;
import io.millrace.output.BatchName;
import io.millrace.testing.DataFrames;
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
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a local disk: staged files and renames. */
class LocalParquetDirectoryTest extends ParquetDirectoryContract {
  @TempDir Path folder;

  @Override
  String place() {
    return folder.resolve("table").toString();
  }

  @Override
  int pendingFiles() throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return (int) all.filter(file -> file.toString().endsWith(".staged")).count();
    }
  }

  @Test
  void duckDbReadsTheSameRowsAsSparkInHivesLayout() throws Exception {
    String ddl =
        "id STRING, n INT, amount DECIMAL(12,2), moment TIMESTAMP, tags ARRAY<STRING>,"
            + " person STRUCT<name: STRING>, _ordinal BIGINT, date DATE, hour INT";
    spec = new TableSpec(spec.path(), StructType.fromDDL(ddl), List.of("date", "hour"));
    Dataset<Row> rows =
        spark.sql(
            "SELECT CAST(id AS STRING) AS id, IF(id % 7 = 0, NULL, CAST(id AS INT)) AS n,"
                + " CAST(id / 100 AS DECIMAL(12,2)) AS amount,"
                + " timestamp_seconds(1793500000 + id * 61) AS moment,"
                + " array(CAST(id AS STRING), NULL) AS tags,"
                + " named_struct('name', concat('ü', id)) AS person, id AS _ordinal,"
                + " to_date(timestamp_seconds(1793500000 + id * 61)) AS date,"
                + " hour(timestamp_seconds(1793500000 + id * 61)) AS hour"
                + " FROM range(0, 500, 1, 2)");
    ParquetDirectorySink sink = open();
    sink.begin(new BatchName(1, 1, 1));
    sink.commit(step(CommittedOffset.NONE, at(1, 1), sink.write(rows)));

    DataFrames.assertSame(rows, spark.read().parquet(spec.path()));
    String compared =
        "id, n, CAST(amount AS %1$s), %3$s, tags[%2$d], person.name, _ordinal,"
            + " CAST(date AS %1$s), CAST(hour AS INT)";
    List<String> spark = new ArrayList<>();
    rows.selectExpr(
            compared
                .formatted("STRING", 0, "concat(CAST(moment AS STRING), '+00')")
                .split(", (?![^(]*\\))"))
        .collectAsList()
        .forEach(row -> spark.add(row.mkString("|")));
    assertThat(duckDb(compared.formatted("VARCHAR", 1, "CAST(moment AS VARCHAR)")))
        .containsExactlyInAnyOrderElementsOf(spark);
  }

  @Test
  void aStoreThatCantRefuseASecondFileOfOneNameIsRefused() {
    Configuration configuration = new Configuration(hadoop);
    configuration.set("fs.viewfs.mounttable.x.link./t", folder.toUri().toString());
    TableSpec elsewhere = new TableSpec("viewfs://x/t", SCHEMA, List.of("date", "hour"));

    assertThatThrownBy(() -> ParquetDirectory.check(elsewhere, configuration))
        .isInstanceOf(SinkException.class)
        .hasMessageContaining("put it on s3://, on hdfs:// or on a local disk");
  }

  /** The whole directory, as somebody reads it who knows nothing of us. */
  private List<String> duckDb(String columns) throws SQLException {
    List<String> rows = new ArrayList<>();
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      statement.execute("SET TimeZone = 'UTC'");
      String sql =
          "SELECT concat_ws('|', %s) FROM (SELECT * FROM read_parquet('%s/**/*.parquet', hive_partitioning = true))"
              .formatted(nullsAsText(columns), spec.path());
      try (ResultSet result = statement.executeQuery(sql)) {
        while (result.next()) {
          rows.add(result.getString(1));
        }
      }
    }
    return rows;
  }

  private static String nullsAsText(String columns) {
    return Stream.of(columns.split(", (?![^(]*\\))"))
        .map("coalesce(CAST(%s AS VARCHAR), 'null')"::formatted)
        .reduce((a, b) -> a + ", " + b)
        .orElseThrow();
  }
}
