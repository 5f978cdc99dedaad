package io.millrace.app;

import io.millrace.app.config.AppConfig;
import io.millrace.convert.S3Clients;
import io.millrace.intake.Intake;
import io.millrace.ledger.HadoopLedgerStore;
import io.millrace.ledger.Ledger;
import io.millrace.ledger.SizedLedgerStore;
import io.millrace.notification.NotificationDecoder;
import io.millrace.notification.S3ManifestReader;
import io.millrace.queue.MessageQueue;
import io.millrace.queue.SqsClients;
import io.millrace.queue.SqsQueue;
import io.millrace.request.RequestCounter;
import io.millrace.source.AdmissionLimits;
import java.io.IOException;
import java.time.InstantSource;
import org.apache.hadoop.conf.Configuration;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * A stream's ledger, owned by this process, and the intake that fills it from the queue.
 *
 * @param requests counts what {@code sqs} asks for
 * @param intake not started yet
 */
record StreamInput(
    SizedLedgerStore store,
    Ledger ledger,
    SqsClient sqs,
    RequestCounter requests,
    MessageQueue queue,
    Intake intake)
    implements AutoCloseable {

  /**
   * Takes the stream over, once the ledger's store has shown that it can keep a ledger.
   *
   * @param known whether the stream has run before: then its queue is waited for, whatever is wrong
   *     with it
   */
  static StreamInput open(
      AppConfig config, Configuration hadoop, InstantSource clock, boolean known)
      throws IOException {
    NotificationDecoder decoder =
        new NotificationDecoder(
            config.objects(), new S3ManifestReader(S3Clients.of(config.objectStore())));
    RequestCounter requests = new RequestCounter();
    SqsClient sqs = SqsClients.build(config.queue(), requests);
    try {
      SqsQueue queue = new SqsQueue(sqs, config.queue().url());
      QueueCheck.run(queue, known);
      HadoopLedgerStore files = HadoopLedgerStore.open(config.ledgerPath(), hadoop);
      SizedLedgerStore store = new SizedLedgerStore(files, files::forEachFile);
      store.probe();
      Ledger ledger = Ledger.takeOver(store, config.stream(), config.ledger(), clock);
      Intake intake = new Intake(queue, decoder, ledger, config.intake(), clock);
      return new StreamInput(store, ledger, sqs, requests, queue, intake);
    } catch (IOException | RuntimeException e) {
      sqs.close();
      throw e;
    }
  }

  static AdmissionLimits limits(AppConfig config) {
    return new AdmissionLimits(config.admission().maxObjects(), config.admission().maxBytes());
  }

  @Override
  public void close() {
    intake.close();
    ledger.close();
    store.close();
    sqs.close();
  }
}
