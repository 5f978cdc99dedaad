package io.millrace.demo.check;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.PrintStream;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * The checker's main class: prints the report as one line of JSON, and names differences on
 * standard error. Credentials come from the environment.
 */
@Command(
    name = "check",
    description = "Compares the demo's objects with its tables.",
    exitCodeList = {
      "0:every record arrived once",
      "1:not so, or it can't be told",
      "2:wrong usage"
    })
public final class CheckMain implements Callable<Integer> {
  @Option(names = "--endpoint", required = true, description = "The S3 server.")
  private @Nullable URI endpoint;

  @Option(names = "--region", required = true)
  private @Nullable String region;

  @Option(names = "--bucket", required = true, description = "Where the objects are.")
  private @Nullable String bucket;

  @Option(names = "--table", required = true, description = "Path of the Delta table.")
  private @Nullable String table;

  @Option(names = "--quarantine", required = true, description = "Path of the quarantine.")
  private @Nullable String quarantine;

  @Option(
      names = "--bytes-per-pass",
      defaultValue = "" + Comparison.BYTES_PER_PASS,
      description = "Bytes of objects whose records are held in memory at once.")
  private long bytesPerPass;

  @Option(names = "--hadoop", description = "A Hadoop setting, name=value.")
  private Map<String, String> hadoop = Map.of();

  private final PrintStream out;
  private final PrintStream err;

  private CheckMain(PrintStream out, PrintStream err) {
    this.out = out;
    this.err = err;
  }

  /** Runs the check, unless the process that holds standard input ends before. */
  public static void main(String[] args) {
    ParentWatch.start(System.in);
    System.exit(execute(System.out, System.err, args));
  }

  /** The exit status. */
  static int execute(PrintStream out, PrintStream err, String... args) {
    return new CommandLine(new CheckMain(out, err)).execute(args);
  }

  @Override
  public Integer call() throws Exception {
    Configuration configuration = new Configuration();
    hadoop.forEach(configuration::set);
    try (S3Client s3 =
        S3Client.builder()
            .endpointOverride(endpoint)
            .region(Region.of(region))
            .forcePathStyle(true)
            .build()) {
      Comparison comparison =
          new Comparison(
              SourceObjects.list(s3, bucket),
              DeltaRows.latest(table, configuration),
              DeltaRows.latest(quarantine, configuration),
              bytesPerPass);
      CheckReport report = comparison.run();
      comparison.differences().named().forEach(err::println);
      out.println(new JsonMapper().writeValueAsString(report));
      return report.isRight() ? 0 : 1;
    }
  }
}
