package io.millrace.demo;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.millrace.demo.check.CheckMain;
import io.millrace.demo.check.CheckReport;
import io.millrace.localstack.LocalStack;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;

/** Runs the checker in a process of its own. */
final class Checker {
  private final LocalStack stack;
  private final Stage stage;
  private final Places places;

  Checker(LocalStack stack, Stage stage, Places places) {
    this.stack = stack;
    this.stage = stage;
    this.places = places;
  }

  /** Starts it; whoever waits for it then asks for its {@link #report}. */
  ChildProcess start() throws IOException {
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("-cp", System.getProperty("java.class.path")));
    arguments.add(CheckMain.class.getName());
    arguments.addAll(List.of("--endpoint", stack.s3Endpoint().toString()));
    arguments.addAll(List.of("--region", stack.region(), "--bucket", stage.bucket()));
    arguments.addAll(List.of("--table", stage.table(), "--quarantine", stage.quarantine()));
    stack
        .hadoopConfiguration()
        .forEach((name, value) -> arguments.addAll(List.of("--hadoop", name + "=" + value)));
    return ChildProcess.start(
        "checker",
        arguments,
        Application.environment(stack),
        places.checkerLog(),
        places.checkerReport());
  }

  /**
   * What it found.
   *
   * @throws DemoException where it ended without a finding
   */
  CheckReport report(ChildProcess checker) throws IOException, InterruptedException {
    checker.awaitExit();
    String text = Files.readString(places.checkerReport());
    if (text.isBlank()) {
      throw checker.failure();
    }
    return new JsonMapper().readValue(text, CheckReport.class);
  }
}
