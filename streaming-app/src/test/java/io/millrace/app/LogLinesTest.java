package io.millrace.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.localstack.InjectedFault;
import io.millrace.localstack.LocalStack;
import io.millrace.localstack.control.Fault;
import io.millrace.localstack.control.RequestMatch;
import io.millrace.testing.CapturedLog;
import io.millrace.testing.Landing;
import io.millrace.testing.TestSpark;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a stream says at INFO and above, as docs/reference/logs.md has it. */
class LogLinesTest {
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  @TempDir Path folder;
  private final LocalStack stack = LocalStack.shared();
  private final SparkSession spark = TestSpark.session();

  @Test
  void aBatchIsALineAndWhatItLeftOutHasItsEscapedNameAndNoContents() throws Exception {
    Landing landing = new Landing(stack, folder);
    landing.put("in/records.json", "{\"id\":\"canary\"}\n{\"id\":\"canary\"\ncanary\n");
    for (int i = 0; i < BatchLog.MAX_NAMED + 2; i++) {
      String key = "in/gone %d\nINFO forged.json".formatted(i);
      landing.put(key, "{\"id\":\"canary\"}\n");
      stack.s3().deleteObject(request -> request.bucket(landing.bucket()).key(key));
    }

    List<String> lines = linesOfARun(landing);

    assertThat(lines)
        .filteredOn(line -> line.startsWith("INFO batch "))
        .singleElement()
        .asString()
        .matches(
            "INFO batch 1\\.\\.13 committed: 13 objects \\{.+}, 1 records, 2 malformed,"
                + " 0 MB in \\d+\\.\\d+ s \\(\\d+\\.\\d MB/s, \\d tasks of \\d+ MB at most\\);"
                + " 0 objects with 0 MB wait");
    assertThat(lines)
        .filteredOn(line -> line.startsWith("WARN"))
        .hasSize(BatchLog.MAX_NAMED + 1)
        .contains("WARN 2 more objects of the batch were left out")
        .filteredOn(
            line ->
                line.matches(
                    "WARN arrival \\d+ is GONE: s3://%s/in/gone \\d+\\\\u000aINFO forged\\.json"
                        .formatted(landing.bucket())))
        .hasSize(BatchLog.MAX_NAMED);
    assertThat(lines).noneMatch(line -> line.contains("canary"));
  }

  @Test
  void aRejectedMessageIsToldAtOnceWithItsReasonAndWithoutItsBody() throws Exception {
    Landing landing = new Landing(stack, folder);

    landing.send(List.of("{canary"));
    assertThat(linesOfARun(landing))
        .contains(
            "WARN 1 messages have been rejected so far, the last ones as not-json; the ledger"
                + " keeps them")
        .noneMatch(line -> line.contains("canary"));

    landing.send(List.of("[\"s3://canary-bucket/a.json\"]"));
    assertThat(linesOfARun(landing))
        .contains(
            "WARN 1 messages have been rejected so far, the last ones as foreign-bucket: they name"
                + " a bucket that is not in objects.buckets; the ledger keeps them")
        .noneMatch(line -> line.contains("canary"));
  }

  @Test
  void aQueueThatDoesNotAnswerIsToldWithItsNameAndReasonWhileItIsTriedAgain() throws Exception {
    Landing landing = new Landing(stack, folder);
    try (CapturedLog log = CapturedLog.begin();
        InjectedFault denied =
            stack.inject(Fault.status(RequestMatch.sqs("ReceiveMessage"), 403).atMost(2));
        RunningApplication application =
            RunningApplication.start(landing.config(Landing.continuous()), spark)) {
      landing.land(1, 1);
      await().atMost(PATIENCE).until(() -> log.lines().toString().contains("batch 1..1 committed"));

      assertThat(denied.hits()).isEqualTo(2);
      String says = "WARN cannot receive from the queue %s (access-denied); trying again";
      assertThat(log.lines()).anyMatch(line -> line.equals(says.formatted(landing.queue())));
      assertThat(application.query().isActive()).isTrue();
    }
  }

  private List<String> linesOfARun(Landing landing) throws Exception {
    try (CapturedLog log = CapturedLog.begin()) {
      AvailableRun.of(landing, Map.of(), spark);
      return log.lines();
    }
  }
}
