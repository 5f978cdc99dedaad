package io.millrace.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScriptTest {
  private final Script script = Script.ofCheckout();
  @TempDir Path folder;

  @Test
  void helpGoesToStandardOutputAndNamesEveryCommand() throws Exception {
    Script.Result result = script.run("help");

    assertThat(result.status()).isZero();
    assertThat(result.out()).contains("\n  demo ", "\n  convert ", "\n  bench ", "\n  run ");
    assertThat(result.err()).isEmpty();
  }

  @Test
  void wrongUsageEndsWithStatusTwoAndNothingOnStandardOutput() throws Exception {
    assertUsage(script.run(), "usage: ./millrace COMMAND");
    assertUsage(script.run("dmeo"), "there is no command dmeo");
    assertUsage(script.run("demo", "--objets", "3"), "--objets");
    assertUsage(script.run("demo", "--object-size", "3"), "not a size with a unit");
    assertUsage(script.run("demo", "--objects", "0"), "--objects must be 1 to 100000, not 0");
    assertUsage(script.run("run"), "--config");
    assertUsage(script.run("convert"), "--schema=FILE|DDL");
  }

  @Test
  void withJsonAWrongUsageIsOneLineOfJson() throws Exception {
    assertThat(script.run("dmeo", "--json").out())
        .isEqualTo("{\"error\":\"there is no command dmeo\"}\n");
    assertThat(script.run("demo", "--objects", "0", "--json").out())
        .isEqualTo("{\"error\":\"--objects must be 1 to 100000, not 0\"}\n");
  }

  @Test
  void anotherJavaIsRefusedWithItsVersion() throws Exception {
    Path home = Files.createDirectories(folder.resolve("jdk"));
    executable(home.resolve("bin/java"), "echo 'openjdk version \"11.0.2\" 2019-01-15' >&2");

    Script.Result result = checkoutWith(Map.of("JAVA_HOME", home.toString())).run("run", "--json");

    assertThat(result.status()).isOne();
    assertThat(result.err()).contains("is version 11.0.2, but Millrace runs on Java 17");
    assertThat(result.out()).startsWith("{\"error\":\"").hasLineCount(1);
  }

  @Test
  void whatAJavaHomeSaysOfItselfIsTakenWithoutAStartOfIt() throws Exception {
    Path home = Files.createDirectories(folder.resolve("jdk"));
    executable(home.resolve("bin/java"), "echo asked >> '%s/asked'".formatted(folder));
    Files.writeString(home.resolve("release"), "IMPLEMENTOR=\"X\"\nJAVA_VERSION=\"11.0.2\"\n");

    Script.Result result = checkoutWith(Map.of("JAVA_HOME", home.toString())).run("run");

    assertThat(result.status()).isOne();
    assertThat(result.err()).contains("is version 11.0.2, but Millrace runs on Java 17");
    assertThat(folder.resolve("asked")).doesNotExist();
  }

  @Test
  void buildsWhatIsMissingAndWhatIsOlderThanItsSourcesOnly() throws Exception {
    Script script = skeleton();
    Path calls = folder.resolve("calls");

    assertThat(script.run("run").out()).isEqualTo("ran\n");
    assertThat(calls).content().hasLineCount(1);

    assertThat(script.run("run").out()).isEqualTo("ran\n");
    assertThat(calls).content().hasLineCount(1);

    Path source = folder.resolve("checkout/streaming-app/src/main/App.java");
    Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(10)));
    assertThat(script.run("run").out()).isEqualTo("ran\n");
    assertThat(calls).content().hasLineCount(2);

    Files.delete(folder.resolve("dependency.jar"));
    script.run("run");
    assertThat(calls).content().hasLineCount(3);
  }

  @Test
  void aBuildThatFailsIsTheEndOfIt() throws Exception {
    Script script = skeleton();
    executable(folder.resolve("tools/mvn"), "echo '[ERROR] broken'; exit 1");

    Script.Result result = script.run("run", "--json");

    assertThat(result.status()).isOne();
    assertThat(result.err()).contains("[ERROR] broken").contains("millrace-build.log");
    assertThat(result.out()).contains("\"error\":\"the build failed").hasLineCount(1);
  }

  @Test
  void shellcheckFindsNothing() throws Exception {
    boolean there =
        new ProcessBuilder("bash", "-c", "command -v shellcheck").start().waitFor() == 0;
    assumeTrue(
        there || "true".equals(System.getenv("CI")), "shellcheck is not installed: not checked");

    Process shellcheck =
        new ProcessBuilder("shellcheck", "millrace", ".ci/run")
            .directory(Path.of("..").toFile())
            .redirectErrorStream(true)
            .start();
    String findings = new String(shellcheck.getInputStream().readAllBytes(), UTF_8);

    assertThat(shellcheck.waitFor()).as(findings).isZero();
  }

  private static void assertUsage(Script.Result result, String message) {
    assertThat(result.status()).as(result.err()).isEqualTo(2);
    assertThat(result.err()).contains(message);
    assertThat(result.out()).isEmpty();
  }

  private Script checkoutWith(Map<String, String> environment) {
    return new Script(Path.of("..").toAbsolutePath().normalize().resolve("millrace"), environment);
  }

  /** A checkout in which mvn makes empty modules and java says that it ran. */
  private Script skeleton() throws IOException {
    Path checkout = Files.createDirectories(folder.resolve("checkout"));
    Files.copy(Path.of("../millrace"), checkout.resolve("millrace"));
    Files.writeString(checkout.resolve("pom.xml"), "<project/>");
    for (String module : new String[] {"ndjson-parquet", "streaming-app"}) {
      Path sources = Files.createDirectories(checkout.resolve(module).resolve("src/main"));
      Files.writeString(sources.resolve("App.java"), "class App {}");
      Files.writeString(checkout.resolve(module).resolve("pom.xml"), "<project/>");
    }
    executable(
        folder.resolve("tools/mvn"),
        """
        echo "$*" >> '%1$s/calls'
        touch '%1$s/dependency.jar'
        for module in ndjson-parquet streaming-app; do
          mkdir -p "%1$s/checkout/$module/target/classes"
          printf '%%s' '%1$s/dependency.jar' > "%1$s/checkout/$module/target/classpath"
        done"""
            .formatted(folder));
    executable(
        folder.resolve("tools/java"),
        "[ \"$1\" != -version ] || { echo 'openjdk version \"17.0.1\"' >&2; exit; }; echo ran");
    String path = folder.resolve("tools") + ":" + System.getenv("PATH");
    return new Script(checkout.resolve("millrace"), Map.of("PATH", path, "JAVA_HOME", ""));
  }

  private static void executable(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, "#!/usr/bin/env bash\n" + text + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}
