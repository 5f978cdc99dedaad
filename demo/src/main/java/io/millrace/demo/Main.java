package io.millrace.demo;

import static java.util.Objects.requireNonNull;

import io.millrace.app.config.ByteSize;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./millrace demo}: its options, and what it says at the end. */
@Command(
    name = "millrace demo",
    mixinStandardHelpOptions = true,
    description = "Runs the application on local S3 and SQS servers, and checks what arrived.",
    exitCodeListHeading = "Exit status:%n",
    exitCodeList = {
      "0:every record arrived once",
      "1:it did not, or the demo failed",
      "2:wrong usage",
      "130, 143:stopped by Ctrl-C or SIGTERM"
    })
public final class Main implements Callable<Integer> {
  private static final int FAILURE = 1;
  private static final int MAX_RANDOM_SEED = 1_000_000;
  private static final DateTimeFormatter DIRECTORY =
      DateTimeFormatter.ofPattern("'demo-'uuuuMMdd-HHmmss", Locale.ROOT);

  @Option(
      names = "--objects",
      paramLabel = "N",
      defaultValue = "24",
      description = "How many objects land (default: ${DEFAULT-VALUE}).")
  private int objects;

  @Option(
      names = "--object-size",
      paramLabel = "SIZE",
      defaultValue = "2MiB",
      description = "What each of them has, with a unit (default: ${DEFAULT-VALUE}).")
  private String objectSize = "";

  @Option(
      names = "--seed",
      paramLabel = "NUMBER",
      description = "Makes the same objects again (default: a new one, which is printed).")
  private @Nullable Long seed;

  @Option(
      names = "--directory",
      paramLabel = "DIR",
      description = "Where objects, tables and logs go (default: a new one below work/).")
  private @Nullable Path directory;

  @Option(
      names = "--chaos",
      paramLabel = "KILLS",
      arity = "0..1",
      defaultValue = "0",
      fallbackValue = "20",
      description =
          "Kills the application at random moments, and starts it again, so many times (default:"
              + " ${DEFAULT-VALUE}; ${FALLBACK-VALUE} where no number is given).")
  private int kills;

  @Option(names = "--keep-running", description = "Leaves servers and application up until Ctrl-C.")
  private boolean keepRunning;

  /** Looked up in the arguments, for it must be known even when they can't be parsed. */
  @SuppressWarnings("UnusedVariable")
  @Option(names = "--json", description = "Prints the result as one line of JSON.")
  private boolean json;

  @Spec private @Nullable CommandSpec spec;

  private final ResultLine resultLine;

  private Main(ResultLine resultLine) {
    this.resultLine = resultLine;
  }

  /** Runs the demo. */
  public static void main(String[] args) {
    ResultLine resultLine = new ResultLine(System.out, List.of(args).contains("--json"));
    CommandLine line = new CommandLine(new Main(resultLine));
    CommandLine.IParameterExceptionHandler usual = line.getParameterExceptionHandler();
    line.setParameterExceptionHandler(
        (failure, arguments) -> {
          resultLine.printError(String.valueOf(failure.getMessage()));
          return usual.handleParseException(failure, arguments);
        });
    System.exit(line.execute(args));
  }

  @Override
  public Integer call() throws Exception {
    Checkout checkout = Checkout.ofSystemProperty();
    DemoOptions options = options(checkout);
    System.setProperty("millrace.localstack.server", checkout.localStackServer().toString());
    Display display = new Display(System.err, Boolean.getBoolean("millrace.terminal"));
    OpenResources open = new OpenResources();
    Thread closer =
        new Thread(
            () -> {
              open.close();
              resultLine.printError("interrupted");
            },
            "closer");
    Runtime.getRuntime().addShutdownHook(closer);
    try (open) {
      return runOrExplain(new Demo(options, checkout, display, open), options, display, open);
    }
  }

  private int runOrExplain(Demo demo, DemoOptions options, Display display, OpenResources open) {
    try {
      return run(demo, options, display);
    } catch (Exception e) {
      if (!open.isClosed()) { // else the signal that closed everything is the cause
        display.say("%s", e instanceof DemoException ? e.getMessage() : e);
        resultLine.printError(String.valueOf(e.getMessage()));
      }
      return FAILURE;
    }
  }

  private int run(Demo demo, DemoOptions options, Display display)
      throws IOException, InterruptedException {
    Finished finished = demo.run();
    DemoResult result = finished.result();
    Summary summary = new Summary(display);
    summary.show(result);
    resultLine.print(result.json());
    if (options.keepRunning()) {
      summary.showWhatIsUp(finished);
      finished.ingest().untilApplicationEnds();
    }
    return result.check().isRight() ? 0 : FAILURE;
  }

  private DemoOptions options(Checkout checkout) throws IOException {
    try {
      Path place = directory == null ? freshDirectory(checkout) : directory.toAbsolutePath();
      refuseUnlessEmpty(place);
      return new DemoOptions(
          objects,
          ByteSize.parse(objectSize),
          seed == null ? ThreadLocalRandom.current().nextInt(MAX_RANDOM_SEED) : seed,
          place.normalize(),
          kills,
          keepRunning);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(
          requireNonNull(spec).commandLine(), String.valueOf(e.getMessage()), e);
    }
  }

  private static Path freshDirectory(Checkout checkout) {
    Path work = checkout.root().resolve("work");
    String name = DIRECTORY.format(LocalDateTime.now(ZoneId.systemDefault()));
    Path fresh = work.resolve(name);
    for (int i = 2; Files.exists(fresh); i++) {
      fresh = work.resolve(name + "-" + i);
    }
    return fresh;
  }

  private static void refuseUnlessEmpty(Path place) throws IOException {
    if (!Files.exists(place)) {
      return;
    }
    if (!Files.isDirectory(place)) {
      throw new IllegalArgumentException("--directory: %s is no directory".formatted(place));
    }
    try (Stream<Path> entries = Files.list(place)) {
      if (entries.findAny().isPresent()) {
        throw new IllegalArgumentException(
            "--directory: %s is not empty; name another, or a new one".formatted(place));
      }
    }
  }
}
