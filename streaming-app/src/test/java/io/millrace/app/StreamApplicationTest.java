package io.millrace.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.localstack.LocalStack;
import io.millrace.testing.Landing;
import io.millrace.testing.TestSpark;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StreamApplicationTest {
  @TempDir Path folder;
  private final LocalStack stack = LocalStack.shared();
  private final SparkSession spark = TestSpark.session();
  private Landing landing;

  @BeforeEach
  void land() {
    landing = new Landing(stack, folder);
  }

  @Test
  void whatWasSentBeforeTheStartArrivesOnce() throws Exception {
    landing.land(7, 100);

    runAvailable(Map.of("admission.max-objects", "3"));
    landing.assertArrived(spark);

    landing.land(2, 10);
    runAvailable(Map.of());
    landing.assertArrived(spark);
    assertThat(landing.drain()).isEmpty();
  }

  @Test
  void messagesThatComeAgainChangeNothing() throws Exception {
    landing.land(5, 10);
    List<String> messages = landing.drain();
    landing.send(messages);
    landing.send(messages);

    runAvailable(Map.of());
    landing.send(messages);
    runAvailable(Map.of());

    landing.assertArrived(spark);
  }

  private void runAvailable(Map<String, String> overrides) throws Exception {
    try (StreamApplication application =
        StreamApplication.open(landing.config(overrides), spark, null, InstantSource.system())) {
      application.run();
    }
  }
}
