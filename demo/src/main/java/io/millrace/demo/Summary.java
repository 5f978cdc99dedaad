package io.millrace.demo;

import io.millrace.demo.check.CheckReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a person reads at the end. */
final class Summary {
  private final Display display;

  Summary(Display display) {
    this.display = display;
  }

  void show(DemoResult result) throws IOException {
    CheckReport check = result.check();
    Progress progress = result.progress();
    Places places = result.places();
    display.say("");
    if (check.isRight()) {
      display.say("every record arrived once");
    } else {
      display.say("%s", result.error());
      for (String difference : Files.readAllLines(places.checkerLog())) {
        display.say("  %s", difference);
      }
    }
    display.say(
        "  %,d objects with %,d records; the table has %,d",
        check.objects(), check.recordsIn(), check.recordsOut());
    display.say(
        "  %,d malformed lines; the quarantine has %,d", check.malformedIn(), check.malformedOut());
    if (result.restarts() > 0) {
      display.say("  killed and started again %,d times", result.restarts());
    }
    display.say(
        "  %,.1f MB in %.1f s by %,d batches, %,.1f MB/s while they ran",
        progress.megabytes(),
        progress.seconds(),
        progress.batches(),
        progress.megabytes() / Math.max(0.001, progress.busySeconds()));
    display.say("");
    display.say("  table       %s", shortest(places.table()));
    display.say("  quarantine  %s", shortest(places.quarantine()));
    display.say("  stream      %s", shortest(places.streamFile()));
    display.say("  log         %s", shortest(places.applicationLog()));
  }

  /** For {@code --keep-running}. */
  void showWhatIsUp(Finished finished) {
    display.say("");
    display.say("up until Ctrl-C:");
    display.say("  Spark's UI  http://127.0.0.1:%d", finished.uiPort());
    display.say("  S3          %s", finished.stack().s3Endpoint());
    display.say(
        "              objects with names like orders/mine.ndjson in the bucket %s go the same way",
        finished.stage().bucket());
    display.say("  SQS         %s", finished.stage().queue());
  }

  /** As it is typed from where we are. */
  private static Path shortest(Path path) {
    Path here = Path.of("").toAbsolutePath();
    return path.startsWith(here) ? here.relativize(path) : path;
  }
}
