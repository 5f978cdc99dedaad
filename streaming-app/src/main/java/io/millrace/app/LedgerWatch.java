package io.millrace.app;

import io.millrace.ledger.Ledger;
import io.millrace.ledger.LedgerRequest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks into the ledger now and then for what comes from outside: a new owner, and operators'
 * requests. An idle stream would not notice otherwise.
 */
final class LedgerWatch implements AutoCloseable {
  /** Two reads each time. */
  static final Duration INTERVAL = Duration.ofSeconds(15);

  private static final Logger LOG = LoggerFactory.getLogger(LedgerWatch.class);

  private final Ledger ledger;
  private final Runnable intake;
  private final Duration interval;
  private final InstantSource clock;
  private final Consumer<RuntimeException> onFailure;
  private volatile Instant lastLook;
  private final Thread thread = new Thread(this::run, "ledger-watch");

  /**
   * A watch that does nothing before {@link #start}.
   *
   * @param intake throws what has ended the intake, if anything has: a batch may take hours
   * @param onFailure called once, on the watch's thread, where the stream can't go on
   */
  LedgerWatch(
      Ledger ledger,
      Runnable intake,
      Duration interval,
      InstantSource clock,
      Consumer<RuntimeException> onFailure) {
    this.ledger = ledger;
    this.intake = intake;
    this.interval = interval;
    this.clock = clock;
    this.lastLook = clock.instant();
    this.onFailure = onFailure;
    thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  /** When the ledger last answered; when the watch was made, before it has. */
  Instant lastLook() {
    return lastLook;
  }

  private void run() {
    try {
      while (true) {
        Thread.sleep(interval.toMillis());
        look();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      tell(e);
    } catch (Error e) { // of the intake: memory, or a class that is not there
      tell(new IllegalStateException("the stream can't go on: " + e, e));
    }
  }

  private void tell(RuntimeException end) {
    if (!Thread.currentThread().isInterrupted()) {
      onFailure.accept(end);
    }
  }

  private void look() {
    intake.run();
    ledger.checkOwner();
    lastLook = clock.instant();
    for (Optional<LedgerRequest> request = ledger.nextRequest();
        request.isPresent();
        request = ledger.nextRequest()) {
      refuse(request.get());
    }
  }

  /** No kind of request is known yet; one left without an answer would be waited for in vain. */
  private void refuse(LedgerRequest request) {
    LOG.warn("request {} is refused: this version does not know its kind", request.number());
    ledger.answer(request, "{\"error\":\"this version does not know requests of this kind\"}");
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
