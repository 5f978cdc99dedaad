package io.millrace.demo;

import io.millrace.app.Main;
import io.millrace.localstack.LocalStack;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Starts the application as its users do: by its main class, with a configuration file. */
final class Application {
  private static final String HEAP = "-Xmx2g";

  /** Up to so much input, a run is over before the work of compilers, Spark's too, has paid. */
  private static final long SHORT_RUN_BYTES = 256L << 20;

  private Application() {}

  static ChildProcess start(Checkout checkout, LocalStack stack, Places places, DemoOptions options)
      throws IOException {
    boolean isShort = options.objects() * options.objectSize().bytes() <= SHORT_RUN_BYTES;
    List<String> arguments = new ArrayList<>(checkout.applicationOptions());
    arguments.addAll(
        List.of(
            HEAP,
            isShort ? "-XX:TieredStopAtLevel=1" : "-XX:+TieredCompilation",
            "-Dspark.sql.codegen.factoryMode=" + (isShort ? "NO_CODEGEN" : "FALLBACK"),
            "-Dspark.sql.codegen.wholeStage=" + !isShort,
            "-Dlog4j2.configurationFile=" + checkout.applicationLogging().toUri(),
            "-cp",
            checkout.applicationClassPath(),
            Main.class.getName(),
            "run",
            "--config",
            places.streamFile().toString(),
            "--progress",
            places.progress().toString(),
            "--exit-with-parent"));
    return ChildProcess.start(
        "application",
        arguments,
        environment(stack),
        places.applicationLog(),
        places.applicationLog());
  }

  /** Credentials of the local servers, and nothing of the cloud that this machine may be in. */
  static Map<String, String> environment(LocalStack stack) {
    return Map.of(
        "AWS_ACCESS_KEY_ID",
        stack.accessKey(),
        "AWS_SECRET_ACCESS_KEY",
        stack.secretKey(),
        "AWS_EC2_METADATA_DISABLED",
        "true",
        "SPARK_LOCAL_IP",
        "127.0.0.1");
  }
}
