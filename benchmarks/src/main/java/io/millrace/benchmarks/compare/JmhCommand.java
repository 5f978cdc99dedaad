package io.millrace.benchmarks.compare;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;

/** {@code ./millrace bench jmh}: the parts of a conversion, each by itself. */
@Command(
    name = "jmh",
    description = {
      "Measures parts of the library with JMH: reading and writing one column, codecs, whole files.",
      "Takes JMH's own options and names of benchmarks: -h tells them, -lp lists benchmarks with"
          + " their parameters."
    })
final class JmhCommand implements Callable<Integer> {
  @Unmatched private List<String> arguments = new ArrayList<>();

  @Override
  public Integer call() throws IOException {
    org.openjdk.jmh.Main.main(arguments.toArray(String[]::new));
    return 0;
  }
}
