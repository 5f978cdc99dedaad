package io.millrace.demo;

import io.millrace.demo.check.CheckReport;
import io.millrace.demo.generate.Pace;
import io.millrace.demo.generate.Sender;
import io.millrace.localstack.LocalStack;
import io.millrace.localstack.LocalStackOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** The demo from the first server to the checker's finding. */
final class Demo {
  private final DemoOptions options;
  private final Checkout checkout;
  private final Display display;
  private final OpenResources open;
  private final Places places;

  /**
   * @param open takes what must be closed after the demo, and not before its servers are needless
   */
  Demo(DemoOptions options, Checkout checkout, Display display, OpenResources open) {
    this.options = options;
    this.checkout = checkout;
    this.display = display;
    this.open = open;
    this.places = new Places(options.directory());
  }

  /** Runs it; servers and application are up when it returns. */
  Finished run() throws IOException, InterruptedException {
    Files.createDirectories(places.directory());
    display.say(
        "%,d objects of %s from seed %d; everything is in %s",
        options.objects(), options.objectSize(), options.seed(), places.directory());
    display.say("starting S3 and SQS servers on loopback");
    LocalStack stack =
        open.add(
            LocalStack.start(LocalStackOptions.defaults().withDataDirectory(places.directory())));
    Stage stage = Stage.on(stack);
    int uiPort = freePort();
    String yaml = new StreamFile(stack, stage, options).yaml(uiPort, places.scratch());
    Files.writeString(places.streamFile(), yaml);
    Sender sender =
        new Sender(
            stack,
            stage.bucket(),
            stage.queue(),
            options.objects(),
            options.objectSize().bytes(),
            options.seed());
    sender.begin();
    display.say("starting the application; half of the objects land meanwhile");
    Chaos application =
        Chaos.begin(
            () -> open.add(Application.start(checkout, stack, places, options)),
            stack,
            stage,
            display,
            options.kills(),
            options.seed());
    display.say("Spark's UI, while it runs: http://127.0.0.1:%d", uiPort);
    int second = options.objects() - Sending.first(options.objects());
    Sending sending =
        Sending.start(
            sender,
            options.objects(),
            options.kills() > 0 ? application.pace(second) : Pace.watchable(second));
    Ingest ingest = new Ingest(application, new ProgressTail(places.progress()), sending, display);
    ingest.untilAllArrived(() -> isEmpty(stack, stage.queue()));
    Usage usage = Usage.of(application.handle());
    display.say("comparing the tables with the objects, record by record");
    Checker checker = new Checker(stack, stage, places);
    CheckReport report = checker.report(open.add(checker.start()));
    DemoResult result =
        new DemoResult(options, report, ingest.progress(), application.restarts(), usage, places);
    return new Finished(result, stack, stage, application, ingest, uiPort);
  }

  /** Whether no message waits, and none is received but not deleted yet. */
  private static boolean isEmpty(LocalStack stack, String queue) {
    return stack
        .sqs()
        .getQueueAttributes(
            request ->
                request
                    .queueUrl(queue)
                    .attributeNames(
                        QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES,
                        QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE))
        .attributes()
        .values()
        .stream()
        .allMatch("0"::equals);
  }

  /** Spark takes the next one where another program is faster. */
  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
