package io.millrace.demo.check;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.millrace.demo.Script;
import io.millrace.localstack.LocalStack;
import io.millrace.localstack.LocalStackOptions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the demo leaves, checked as it is and after somebody has had a hand in it. */
class CheckerTest {
  private static final String SEED = "20261124";
  @TempDir static Path folder;
  private static Script.Result demo = new Script.Result(-1, "", "");
  private static LocalStack stack = null;

  private record Finding(int status, JsonNode report, String differences) {
    long count(String name) {
      return report.get(name).asLong();
    }
  }

  @BeforeAll
  static void runTheDemo() throws Exception {
    Path directory = folder.resolve("demo");
    demo =
        Script.ofCheckout()
            .run(
                "demo",
                "--objects=6",
                "--object-size=64KiB",
                "--seed=" + SEED,
                "--json",
                "--directory=" + directory);
    stack = LocalStack.start(LocalStackOptions.defaults().withDataDirectory(directory));
  }

  @AfterAll
  static void stop() {
    if (stack != null) {
      stack.close();
    }
  }

  @Test
  void everyRecordOfTheDemoArrivesOnceAndStandardOutputSaysSoInOneLine() throws Exception {
    assertThat(demo.status()).as(demo.err()).isZero();
    assertThat(demo.out()).hasLineCount(1);
    JsonNode line = new JsonMapper().readTree(demo.out());
    assertThat(line.get("objects").asInt()).isEqualTo(6);
    assertThat(line.get("records_in").asInt()).isGreaterThan(500);
    assertThat(line.get("records_out")).isEqualTo(line.get("records_in"));
    assertThat(line.get("malformed_in").asInt()).isGreaterThan(2);
    assertThat(line.get("malformed_out")).isEqualTo(line.get("malformed_in"));
    for (String wrong : List.of("lost", "duplicated", "altered", "unexpected", "miscounted")) {
      assertThat(line.get(wrong).asInt()).as(wrong).isZero();
    }
    assertThat(line.get("seconds").asDouble()).isPositive();
    assertThat(line.get("mb_per_second").asDouble()).isPositive();
    assertThat(line.has("error")).isFalse();
    assertThat(demo.err()).contains("every record arrived once");
  }

  @Test
  void aRightTablePassesHoweverManyPassesItTakes() throws Exception {
    Finding atOnce = check();
    Finding inPasses = check("--bytes-per-pass=50000");

    assertThat(atOnce.status()).as(atOnce.differences()).isZero();
    assertThat(inPasses).isEqualTo(atOnce);
  }

  @Test
  void aRemovedRowIsLost() throws Exception {
    try (Tampering table = tamper("SELECT * FROM rows WHERE id <> chosen")) {
      Finding finding = check();

      assertThat(finding.status()).isOne();
      assertThat(finding.count("lost")).isOne();
      assertThat(finding.count("duplicated") + finding.count("altered")).isZero();
      assertThat(finding.count("miscounted")).isOne();
      assertThat(finding.differences()).contains("lost: record " + table.chosen());
    }
  }

  @Test
  void aDoubledRowIsDuplicated() throws Exception {
    try (Tampering table =
        tamper("SELECT * FROM rows UNION ALL SELECT * FROM rows WHERE id = chosen")) {
      Finding finding = check();

      assertThat(finding.status()).isOne();
      assertThat(finding.count("duplicated")).isOne();
      assertThat(finding.count("lost") + finding.count("altered")).isZero();
      assertThat(finding.differences()).contains("duplicated: record " + table.chosen());
    }
  }

  @Test
  void anAlteredRowIsAltered() throws Exception {
    String deep =
        "SELECT * REPLACE (CASE WHEN id = chosen THEN struct_pack(id := customer.id, name :="
            + " customer.name, country := 'XX', member := customer.member) ELSE customer END AS"
            + " customer) FROM rows";
    for (String change :
        List.of(
            deep,
            "SELECT * REPLACE (CASE WHEN id = chosen THEN CAST(total + 0.01 AS DECIMAL(12, 2)) ELSE"
                + " total END AS total) FROM rows",
            "SELECT * REPLACE (CASE WHEN id = chosen THEN 'orders/other' ELSE _key END AS _key)"
                + " FROM rows")) {
      try (Tampering table = tamper(change)) {
        Finding finding = check();

        assertThat(finding.status()).as(change).isOne();
        assertThat(finding.count("altered")).as(change).isOne();
        assertThat(finding.count("lost") + finding.count("duplicated")).isZero();
        assertThat(finding.differences()).contains("altered: record " + table.chosen());
      }
    }
  }

  @Test
  void aRowOfNoObjectIsUnexpected() throws Exception {
    try (Tampering table =
        tamper(
            "SELECT * FROM rows UNION ALL SELECT * REPLACE ('recalled' AS id) FROM rows WHERE id ="
                + " chosen")) {
      Finding finding = check();

      assertThat(finding.status()).isOne();
      assertThat(finding.count("unexpected")).isOne();
      assertThat(finding.differences())
          .contains("unexpected: record recalled")
          .doesNotContain(table.chosen());
    }
  }

  @Test
  void aMissingLineOfTheQuarantineIsLost() throws Exception {
    try (Tampering quarantine =
        tamper(
            "orders_quarantine",
            "record_offset",
            "SELECT * FROM rows WHERE record_offset <> chosen")) {
      Finding finding = check();

      assertThat(finding.status()).isOne();
      assertThat(finding.count("lost")).isOne();
      assertThat(finding.differences())
          .contains("lost: malformed line at offset " + quarantine.chosen());
    }
  }

  private static Tampering tamper(String query) throws Exception {
    return tamper("orders", "id", query);
  }

  private static Tampering tamper(String table, String identity, String query) throws Exception {
    return Tampering.of(stack.s3(), folder.resolve("demo/s3/lake"), table, identity, query);
  }

  private static Finding check(String... more) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    List<String> arguments = new ArrayList<>(List.of(more));
    arguments.addAll(List.of("--endpoint", stack.s3Endpoint().toString()));
    arguments.addAll(List.of("--region", stack.region(), "--bucket", "landing"));
    arguments.addAll(List.of("--table", "s3://lake/orders"));
    arguments.addAll(List.of("--quarantine", "s3://lake/orders_quarantine"));
    stack
        .hadoopConfiguration()
        .forEach((name, value) -> arguments.addAll(List.of("--hadoop", name + "=" + value)));
    int status =
        CheckMain.execute(
            new PrintStream(out, true, UTF_8),
            new PrintStream(err, true, UTF_8),
            arguments.toArray(String[]::new));
    String differences = err.toString(UTF_8);
    return new Finding(status, new JsonMapper().readTree(out.toString(UTF_8)), differences);
  }
}
