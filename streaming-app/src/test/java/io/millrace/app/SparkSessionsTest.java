package io.millrace.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;

class SparkSessionsTest {

  @Test
  void whatSparkSubmitSaysIsLeftAsItIs() {
    SparkConf said = new SparkConf(false).set("spark.ui.retainedStages", "7");

    assertThat(SparkSessions.unlessSaid(said))
        .doesNotContainKey("spark.ui.retainedStages")
        .hasSize(SparkSessions.UNLESS_SAID.size() - 1);
  }

  @Test
  void whatIsSetWhereNobodyHasSaidIsDocumented() throws IOException {
    String page = Files.readString(Path.of("../docs/reference/configuration.md"));

    assertThat(SparkSessions.UNLESS_SAID)
        .isNotEmpty()
        .allSatisfy((name, value) -> assertThat(page).contains("`%s=%s`".formatted(name, value)));
  }
}
