package io.millrace.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code -Dmillrace.kills=…} kills more often, {@code -Dmillrace.seed=…} at other moments. */
class ChaosTest {
  private static final int KILLS = Integer.getInteger("millrace.kills", 20);
  private static final long SEED = Long.getLong("millrace.seed", 1);

  @TempDir Path folder;

  @Test
  void everyRecordArrivesOnceThoughTheApplicationIsKilledAgainAndAgain() throws Exception {
    Script.Result result =
        Script.ofCheckout()
            .run(
                "demo",
                "--json",
                "--chaos",
                Integer.toString(KILLS),
                "--seed",
                Long.toString(SEED),
                "--objects",
                Integer.toString(3 * KILLS),
                "--object-size",
                "128KiB",
                "--directory",
                folder.resolve("demo").toString());

    assertThat(result.status()).as(result.err()).isZero();
    JsonNode found = new JsonMapper().readTree(result.out());
    assertThat(found.required("restarts").asInt()).isEqualTo(KILLS);
    assertThat(found.required("objects").asInt()).isEqualTo(3 * KILLS);
    assertThat(found.required("records_out").asLong())
        .isPositive()
        .isEqualTo(found.required("records_in").asLong());
    assertThat(found.required("malformed_out").asLong())
        .isEqualTo(found.required("malformed_in").asLong());
    for (String wrong :
        new String[] {"lost", "duplicated", "altered", "unexpected", "miscounted"}) {
      assertThat(found.required(wrong).asLong()).as(wrong).isZero();
    }
  }
}
