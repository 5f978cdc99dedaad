package io.millrace.ledger;

import java.io.IOException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A store whose outages are waited for: each call is made again until it has an answer, or until
 * its thread is interrupted.
 */
final class PatientStore {
  static final long FIRST_WAIT_MILLIS = 200;
  static final long LONGEST_WAIT_MILLIS = 30_000;

  private static final Logger LOG = LoggerFactory.getLogger(PatientStore.class);

  private final LedgerStore store;
  private final Surroundings.Pause pause;

  private interface Call<T> {
    T run() throws IOException;
  }

  PatientStore(LedgerStore store, Surroundings.Pause pause) {
    this.store = store;
    this.pause = pause;
  }

  String location() {
    return store.location();
  }

  boolean putIfAbsent(String name, byte[] content) {
    return patiently("write", name, () -> store.putIfAbsent(name, content));
  }

  Optional<byte[]> read(String name) {
    return patiently("read", name, () -> store.read(name));
  }

  private <T> T patiently(String what, String name, Call<T> call) {
    for (long wait = FIRST_WAIT_MILLIS; ; wait = Math.min(2 * wait, LONGEST_WAIT_MILLIS)) {
      try {
        return call.run();
      } catch (IOException e) {
        LOG.warn(
            "cannot {} {} in {}; trying again in {} ms", what, name, store.location(), wait, e);
        try {
          pause.ofMillis(wait);
        } catch (InterruptedException interrupt) {
          Thread.currentThread().interrupt();
          throw new LedgerException(
              "interrupted while the ledger at %s could not be reached".formatted(location()), e);
        }
      }
    }
  }
}
