package io.millrace.localstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerProcessTest {
  private static final long LIMIT_SECONDS = 20;

  /** What a parent that gets killed runs. */
  static final class Parent {
    private Parent() {}

    public static void main(String[] arguments) throws Exception {
      System.out.println(LocalStack.start().serverProcess().pid());
      Thread.sleep(Long.MAX_VALUE);
    }
  }

  @Test
  void theServerEndsWithAParentThatIsKilled() throws Exception {
    Process parent =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-cp",
                System.getProperty("java.class.path"),
                Parent.class.getName())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    long pid = Long.parseLong(parent.inputReader(StandardCharsets.UTF_8).readLine());
    ProcessHandle server = ProcessHandle.of(pid).orElseThrow();
    assertThat(server.isAlive()).isTrue();

    parent.destroyForcibly();

    assertThat(server.onExit().get(LIMIT_SECONDS, TimeUnit.SECONDS).isAlive()).isFalse();
  }

  @Test
  void aPortThatIsTakenIsNamed(@TempDir Path data) {
    int taken = LocalStack.shared().s3Endpoint().getPort();

    assertThatThrownBy(
            () ->
                LocalStack.start(
                    LocalStackOptions.defaults().withDataDirectory(data).withS3Port(taken)))
        .isInstanceOf(LocalStackException.class)
        .hasMessageContaining("could not start on port " + taken + " for S3")
        .hasMessageContaining("Address already in use");
  }
}
