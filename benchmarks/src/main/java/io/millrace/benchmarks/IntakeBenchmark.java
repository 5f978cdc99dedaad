package io.millrace.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import io.millrace.intake.Intake;
import io.millrace.intake.IntakeSettings;
import io.millrace.ledger.HadoopLedgerStore;
import io.millrace.ledger.Ledger;
import io.millrace.ledger.LedgerSettings;
import io.millrace.localstack.LocalStack;
import io.millrace.localstack.LocalStackOptions;
import io.millrace.localstack.RequestCounter;
import io.millrace.localstack.control.RequestMatch;
import io.millrace.localstack.events.Envelope;
import io.millrace.localstack.events.S3Event;
import io.millrace.localstack.events.S3Events;
import io.millrace.notification.NotificationDecoder;
import io.millrace.notification.ObjectFilter;
import io.millrace.notification.S3ManifestReader;
import io.millrace.queue.SqsQueue;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;

/**
 * Messages a second, one record each, from the local queue into the ledger and out of the queue.
 *
 * <p>Prints a line of JSON for a ledger on disk and one for a ledger in the local S3. The processor
 * times tell what limits it: {@code server_cpu_seconds} are those of the local SQS and S3 servers,
 * which share the machine, {@code cpu_seconds} are ours.
 */
public final class IntakeBenchmark {
  private static final int BATCH = 10;
  private static final int SERVER_MEGABYTES = 1024;
  private static final long LOOK_MILLIS = 10;

  private final LocalStack stack;
  private final int messages;
  private final IntakeSettings settings;
  private final PrintStream out;

  private IntakeBenchmark(
      LocalStack stack, int messages, IntakeSettings settings, PrintStream out) {
    this.stack = stack;
    this.messages = messages;
    this.settings = settings;
    this.out = out;
  }

  /**
   * Runs.
   *
   * @param args how many messages, 40,000 by default, and how many pollers, 4 by default
   */
  public static void main(String[] args) throws Exception {
    int messages = args.length > 0 ? Integer.parseInt(args[0]) : 40_000;
    int pollers = args.length > 1 ? Integer.parseInt(args[1]) : IntakeSettings.DEFAULT_POLLERS;
    IntakeSettings settings =
        new IntakeSettings(
            pollers,
            Duration.ofSeconds(1),
            IntakeSettings.DEFAULT_MAX_UNDURABLE_MESSAGES,
            IntakeSettings.DEFAULT_MAX_UNDURABLE_BYTES);
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    try (LocalStack stack =
        LocalStack.start(LocalStackOptions.defaults().withHeapMegabytes(SERVER_MEGABYTES))) {
      IntakeBenchmark benchmark = new IntakeBenchmark(stack, messages, settings, out);
      benchmark.run("warm-up", Files.createTempDirectory("intake-").toString());
      benchmark.run("disk", Files.createTempDirectory("intake-").toString());
      benchmark.run("s3", "s3://" + stack.createBucket("ledger") + "/ledger");
    }
  }

  private void run(String place, String location) throws IOException, InterruptedException {
    String url = stack.createQueue("intake");
    String prefix = location.startsWith("s3:") ? location.split("/", 4)[2] : "none";
    send(url);
    Configuration hadoop = new Configuration();
    stack.hadoopConfiguration().forEach(hadoop::set);
    NotificationDecoder decoder =
        new NotificationDecoder(ObjectFilter.ofBucket("lake"), new S3ManifestReader(stack.s3()));
    try (HadoopLedgerStore store = HadoopLedgerStore.open(location, hadoop);
        Ledger ledger =
            Ledger.takeOver(store, "intake", LedgerSettings.defaults(), InstantSource.system());
        RequestCounter requests = stack.count(RequestMatch.s3(prefix));
        Intake intake =
            new Intake(
                new SqsQueue(stack.sqs(), url),
                decoder,
                ledger,
                settings,
                InstantSource.system())) {
      Duration server = serverTime();
      long own = ownNanos();
      long start = System.nanoTime();
      intake.start();
      while (intake.status().deleted() + intake.status().undeleted() < messages) {
        intake.throwIfFailed();
        Thread.sleep(LOOK_MILLIS);
      }
      double seconds = (System.nanoTime() - start) / 1e9;
      double ownSeconds = (ownNanos() - own) / 1e9;
      double serverSeconds = serverTime().minus(server).toMillis() / 1e3;
      if (ledger.head() != messages) {
        throw new IllegalStateException(
            "the ledger has %d arrivals, not %d".formatted(ledger.head(), messages));
      }
      out.printf(
          "{\"ledger\":\"%s\",\"messages\":%d,\"pollers\":%d,\"seconds\":%.2f,"
              + "\"messages_per_second\":%.0f,\"cpu_seconds\":%.2f,\"server_cpu_seconds\":%.2f,"
              + "\"messages_per_cpu_second\":%.0f,\"messages_per_own_cpu_second\":%.0f,"
              + "\"ledger_requests\":%d}%n",
          place,
          messages,
          settings.pollers(),
          seconds,
          messages / seconds,
          ownSeconds,
          serverSeconds,
          messages / (ownSeconds + serverSeconds),
          messages / ownSeconds,
          requests.total());
    }
  }

  private void send(String url) {
    IntStream.range(0, messages / BATCH)
        .parallel()
        .forEach(
            batch ->
                stack
                    .sqs()
                    .sendMessageBatch(
                        r ->
                            r.queueUrl(url)
                                .entries(
                                    IntStream.range(batch * BATCH, (batch + 1) * BATCH)
                                        .mapToObj(IntakeBenchmark::entry)
                                        .toList())));
  }

  private static SendMessageBatchRequestEntry entry(int number) {
    S3Event event =
        new S3Event(
            S3Event.COMPLETE_MULTIPART_UPLOAD,
            Instant.now(),
            "us-east-1",
            "lake",
            "clicks/2026/05/04/part-%08d.json".formatted(number),
            4_000_000_000L,
            "d41d8cd98f00b204e9800998ecf8427e-%d".formatted(number),
            null,
            "00%016X".formatted(number));
    return SendMessageBatchRequestEntry.builder()
        .id(Integer.toString(number))
        .messageBody(S3Events.body(Envelope.S3, event))
        .build();
  }

  private Duration serverTime() {
    return stack.serverProcess().info().totalCpuDuration().orElse(Duration.ZERO);
  }

  private static long ownNanos() {
    return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }
}
