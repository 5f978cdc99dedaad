package io.millrace.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.testing.TestSpark;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeltaSettingsTest {
  private static final String SNAPSHOT_PARTITIONS = "spark.databricks.delta.snapshotPartitions";

  private final SparkSession spark = TestSpark.session().newSession();

  @ParameterizedTest
  @CsvSource({"1, 2", "2, 4", "24, 48", "25, 50", "1000, 50"})
  void aTablesLogIsReadByAsManyTasksAsTheSlotsHaveAUseFor(int slots, String tasks) {
    spark.conf().unset(SNAPSHOT_PARTITIONS);

    DeltaSettings.fitTo(spark, slots);

    assertThat(spark.conf().get(SNAPSHOT_PARTITIONS)).isEqualTo(tasks);
  }

  @Test
  void whatTheOperatorSaysStays() {
    spark.conf().set(SNAPSHOT_PARTITIONS, "7");

    DeltaSettings.fitTo(spark, 1);

    assertThat(spark.conf().get(SNAPSHOT_PARTITIONS)).isEqualTo("7");
  }
}
