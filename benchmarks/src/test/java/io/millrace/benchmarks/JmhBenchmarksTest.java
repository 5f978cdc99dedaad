package io.millrace.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collection;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

class JmhBenchmarksTest {
  /** Small, but enough for the encodings of large columns. */
  private static final String BYTES = "500000";

  @Test
  void eachRunsOnceWithEachParameter() throws Exception {
    Options options =
        new OptionsBuilder()
            .include("^io\\.millrace\\.")
            .forks(0)
            .warmupIterations(0)
            .measurementIterations(1)
            .measurementTime(TimeValue.milliseconds(1))
            .param("bytes", BYTES)
            .shouldFailOnError(true)
            .verbosity(VerboseMode.SILENT)
            .build();

    Collection<RunResult> results = new Runner(options).run();

    assertThat(
            results.stream()
                .map(result -> result.getParams().getBenchmark())
                .collect(
                    Collectors.groupingBy(
                        name ->
                            name.substring(name.lastIndexOf('.', name.lastIndexOf('.') - 1) + 1),
                        Collectors.counting())))
        .containsEntry("ReadBenchmark.read", 7L)
        .containsEntry("EncodeBenchmark.encode", 6L)
        .containsEntry("CompressBenchmark.compress", 5L)
        .containsEntry("WriteBenchmark.write", 6L)
        .hasSize(4);
    assertThat(results)
        .allSatisfy(
            result ->
                assertThat(result.getSecondaryResults().get("megabytes").getScore()).isPositive());
  }
}
