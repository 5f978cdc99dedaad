package io.millrace.command;

import io.millrace.conversion.ConversionOptions;
import io.millrace.conversion.MalformedPolicy;
import io.millrace.conversion.Partitioning;
import io.millrace.ndjson.ReaderOptions;
import io.millrace.parquet.Codec;
import io.millrace.parquet.ParquetOptions;
import io.millrace.schema.SchemaParser;
import io.millrace.schema.Type;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./millrace convert}: its options. */
@Command(
    name = "millrace convert",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Converts NDJSON files to Parquet.",
    exitCodeListHeading = "Exit status:%n",
    exitCodeList = {
      "0:all files are converted; malformed records may have been quarantined",
      "1:the conversion failed, and left no file",
      "2:usage",
      "130, 143:stopped by SIGINT (Ctrl-C), SIGTERM; no file is left"
    })
final class ConvertCommand implements Callable<Integer> {
  static final String DIRECT = "direct";

  @Option(
      names = "--schema",
      required = true,
      paramLabel = "FILE|DDL",
      description =
          "Schema of the records: Spark's DDL, such as 'id BIGINT, name STRING', or its JSON; or a"
              + " file that holds either.")
  private String schema = "";

  @Option(
      names = "--output",
      required = true,
      paramLabel = "DIR",
      description = "Directory for the Parquet files.")
  private Path output = Path.of("");

  @Option(
      names = "--codec",
      paramLabel = "CODEC",
      defaultValue = "zstd:1",
      description = "zstd:LEVEL, snappy, gzip:LEVEL or none (default: ${DEFAULT-VALUE}).")
  private String codec = "";

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "How many threads convert, each into files of its own (default: one a core).")
  private int threads = Runtime.getRuntime().availableProcessors();

  @Option(
      names = "--engine",
      paramLabel = "direct|spark",
      defaultValue = DIRECT,
      description = "Millrace's own parser, or that of stock Spark (default: ${DEFAULT-VALUE}).")
  private String engine = "";

  @Option(
      names = "--partition-by",
      paramLabel = "COLUMN",
      description =
          "A timestamp by whose date and hour rows go to directories date=…/hour=…; those without"
              + " one go to __HIVE_DEFAULT_PARTITION__.")
  private @Nullable String partitionBy;

  @Option(
      names = "--time-zone",
      paramLabel = "ZONE",
      defaultValue = "UTC",
      description =
          "Of timestamps that name none, and of dates and hours of partitions (default:"
              + " ${DEFAULT-VALUE}).")
  private String timeZone = "";

  @Option(
      names = "--on-malformed",
      paramLabel = "quarantine|fail",
      defaultValue = "quarantine",
      description =
          "Whether malformed records go to DIR/_malformed/, or end the conversion (default:"
              + " ${DEFAULT-VALUE}).")
  private String onMalformed = "";

  @Option(
      names = "--max-malformed-ratio",
      paramLabel = "RATIO",
      description =
          "Share of malformed records of a file, from 0 to 1, over which the conversion fails"
              + " (default: ${DEFAULT-VALUE}).")
  private double maxMalformedRatio = ConversionOptions.DEFAULT_MAX_MALFORMED_RATIO;

  @Option(
      names = "--overwrite",
      description = "Replaces the Parquet files and quarantined records that are in DIR.")
  private boolean overwrite;

  @Option(names = "--json", description = "Prints the result as one line of JSON.")
  private boolean json;

  @Parameters(
      arity = "1..*",
      paramLabel = "INPUT",
      description = "Files, compressed or not, or directories of files.")
  private List<Path> inputs = List.of();

  @Spec private @Nullable CommandSpec spec;

  private final Map<String, ConvertEngine> engines;
  private final ResultLine resultLine;
  private final PrintStream err;
  private final boolean terminal;

  ConvertCommand(
      Map<String, ConvertEngine> engines,
      ResultLine resultLine,
      PrintStream err,
      boolean terminal) {
    this.engines = engines;
    this.resultLine = resultLine;
    this.err = err;
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    ConvertEngine chosen = engine();
    ConvertRequest request = request();
    long startNanos = System.nanoTime();
    ConvertResult result;
    try (ProgressLine progress = new ProgressLine(err, terminal)) {
      result = chosen.convert(request, progress);
    }
    double seconds = (System.nanoTime() - startNanos) / 1e9;
    Summary summary = new Summary(result, seconds, ProcessFigures.now());
    err.println(summary.text());
    if (json) {
      resultLine.print(summary.json());
    }
    return 0;
  }

  private ConvertEngine engine() {
    ConvertEngine chosen = engines.get(engine);
    if (chosen == null) {
      throw usage(
          "there is no engine %s here; there is %s"
              .formatted(engine, String.join(", ", engines.keySet())));
    }
    return chosen;
  }

  private ConvertRequest request() throws IOException {
    try {
      ZoneId zone = ZoneId.of(timeZone);
      String schemaText = schemaText();
      Type.Struct type = SchemaParser.parse(schemaText);
      ConversionOptions options =
          ConversionOptions.of(type)
              .withReader(ReaderOptions.defaults().withTimeZone(zone))
              .withParquet(ParquetOptions.defaults().withCodec(Codec.parse(codec)))
              .withPartitioning(partitionBy == null ? null : new Partitioning(partitionBy, zone))
              .withMaxMalformedRatio(maxMalformedRatio);
      if (threads < 1) {
        throw new IllegalArgumentException("--threads must be positive: " + threads);
      }
      return new ConvertRequest(
          InputFiles.of(inputs), output, schemaText, options, policy(), threads, overwrite);
    } catch (IllegalArgumentException | DateTimeException e) {
      throw usage(e.getMessage());
    }
  }

  private MalformedPolicy policy() {
    return switch (onMalformed) {
      case "quarantine" -> MalformedPolicy.QUARANTINE;
      case "fail" -> MalformedPolicy.FAIL;
      default ->
          throw new IllegalArgumentException(
              "--on-malformed is quarantine or fail, not " + onMalformed);
    };
  }

  /** A file's content if there is such a file, otherwise the text itself. */
  private String schemaText() throws IOException {
    try {
      Path file = Path.of(schema);
      if (Files.isRegularFile(file)) {
        return Files.readString(file);
      }
    } catch (InvalidPathException e) {
      // A schema, then.
    }
    return schema;
  }

  private ParameterException usage(@Nullable String message) {
    if (spec == null) {
      throw new IllegalStateException("not run by picocli");
    }
    return new ParameterException(spec.commandLine(), String.valueOf(message));
  }
}
