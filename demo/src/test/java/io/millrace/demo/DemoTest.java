package io.millrace.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DemoTest {
  /** Server and application. */
  private static final int CHILDREN = 2;

  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @TempDir Path folder;
  private Path work;

  @BeforeEach
  void name() {
    work = folder.resolve("demo");
  }

  @ParameterizedTest
  @CsvSource({"INT, 130", "TERM, 143"})
  void aSignalEndsTheDemoAndAllThatItStarted(String signal, int status) throws Exception {
    Path out = folder.resolve("out");
    Path err = folder.resolve("err");
    Process demo =
        Script.ofCheckout()
            .start(out, err, "demo", "--objects", "2", "--json", "--directory", work.toString());
    List<ProcessHandle> family = family(demo, err);

    new ProcessBuilder("kill", "-" + signal, Long.toString(demo.pid())).start().waitFor();

    assertThat(demo.waitFor()).as(Script.read(err)).isEqualTo(status);
    assertAllEnd(family);
    JsonNode line = new JsonMapper().readTree(Script.read(out));
    assertThat(line.path("error").asText()).isEqualTo("interrupted");
  }

  @Test
  void whatTheDemoStartedEndsEvenIfTheDemoIsKilled() throws Exception {
    Path err = folder.resolve("err");
    Process demo =
        Script.ofCheckout()
            .start(folder.resolve("out"), err, "demo", "--objects", "2", "--directory", "" + work);
    List<ProcessHandle> family = family(demo, err);

    demo.destroyForcibly().waitFor();

    assertAllEnd(family);
  }

  @Test
  void aDirectoryThatIsNotEmptyIsLeftAlone() throws Exception {
    Files.createDirectories(work);
    Path precious = Files.writeString(work.resolve("precious"), "as it was");

    Script.Result result = Script.ofCheckout().run("demo", "--directory", work.toString());

    assertThat(result.status()).isEqualTo(2);
    assertThat(result.err()).contains("is not empty");
    assertThat(precious).hasContent("as it was");
  }

  /**
   * What the demo started, once the application is among it and writes its log. There are others
   * for a moment, such as Hadoop's look for a shell.
   */
  private List<ProcessHandle> family(Process demo, Path err) {
    Path log = work.resolve("application.log");
    await()
        .atMost(PATIENCE)
        .failFast(() -> assertThat(demo.isAlive()).as(Script.read(err)).isTrue())
        .until(() -> Files.exists(log) && Files.size(log) > 0);
    List<ProcessHandle> all = demo.descendants().toList();
    assertThat(all).filteredOn(DemoTest::isJava).hasSize(CHILDREN);
    return all;
  }

  private static boolean isJava(ProcessHandle process) {
    return process.info().command().orElse("").endsWith("/java");
  }

  private static void assertAllEnd(List<ProcessHandle> family) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(family).noneMatch(ProcessHandle::isAlive));
  }
}
