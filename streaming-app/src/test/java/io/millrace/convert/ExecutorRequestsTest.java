package io.millrace.convert;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.convert.ExecutorRequests.Told;
import io.millrace.request.RequestCounts;
import io.millrace.request.StorageRequests;
import io.millrace.testing.TestSpark;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;

/** {@code ExecutorMetricsTest} shows the same with executors. */
class ExecutorRequestsTest {
  private final ExecutorRequests driver = new ExecutorRequests();

  @Test
  void executorsAddUpAndEachCountsOnceHoweverOftenAndInWhateverOrderItTells() {
    tell("0", 5);
    tell("1", 7);
    assertThat(reads()).isEqualTo(12);

    tell("0", 9);
    tell("0", 5);
    tell("1", 7);
    assertThat(reads()).isEqualTo(16);
  }

  @Test
  void whatAnExecutorSaidStaysWhenManyHaveComeAfterIt() {
    for (int executor = 0; executor < ExecutorRequests.MAX_EXECUTORS + 10; executor++) {
      tell("long-lived", executor);
      tell(Integer.toString(executor), 1);
    }

    assertThat(reads())
        .isEqualTo(ExecutorRequests.MAX_EXECUTORS + 10 + (ExecutorRequests.MAX_EXECUTORS + 9));
  }

  @Test
  void aTaskIsSentNothingOfWhatOthersSaid() {
    tell("0", 5);

    assertThat(driver.copyAndReset().isZero()).isTrue();
    assertThat(driver.copy().value()).isEqualTo(driver.value());
    driver.reset();
    assertThat(driver.value()).isEqualTo(StorageRequests.NOTHING);
  }

  @Test
  void tasksInTheDriversOwnJvmTellNothingForItCountsForItself() {
    SparkSession spark = TestSpark.session();
    ExecutorRequests executors = ExecutorRequests.of(spark.sparkContext());
    TaskRequests requests =
        TaskRequests.of(
            spark.sparkContext(),
            executors,
            spark.sparkContext().hadoopConfiguration(),
            List.of("s3://nowhere/table"));

    long tasks =
        JavaSparkContext.fromSparkContext(spark.sparkContext())
            .parallelize(List.of(1, 2, 3), 3)
            .map(
                task -> {
                  requests.tellAtEnd();
                  return task;
                })
            .count();

    assertThat(tasks).isEqualTo(3);
    assertThat(executors.value()).isEqualTo(StorageRequests.NOTHING);
  }

  private void tell(String executor, long reads) {
    ExecutorRequests task = driver.copyAndReset();
    RequestCounts counts = new RequestCounts(Map.of("GetObject", reads), Map.of(), Map.of());
    task.add(new Told(executor, new StorageRequests(counts, counts, counts)));
    driver.merge(task);
  }

  private long reads() {
    return driver.value().objects().requests().get("GetObject");
  }
}
