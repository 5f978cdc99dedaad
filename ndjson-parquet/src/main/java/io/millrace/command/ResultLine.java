package io.millrace.command;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.io.PrintStream;
import java.util.concurrent.atomic.AtomicBoolean;

/** The one line of JSON on standard output, where it is asked for: the first one counts. */
final class ResultLine {
  private final PrintStream out;
  private final AtomicBoolean due;

  /**
   * @param wanted whether anything is printed at all
   */
  ResultLine(PrintStream out, boolean wanted) {
    this.out = out;
    this.due = new AtomicBoolean(wanted);
  }

  void print(String json) {
    if (due.compareAndSet(true, false)) {
      out.println(json);
      out.flush();
    }
  }

  void printError(String message) {
    print(
        "{\"error\":\""
            + new String(JsonStringEncoder.getInstance().quoteAsString(message))
            + "\"}");
  }
}
