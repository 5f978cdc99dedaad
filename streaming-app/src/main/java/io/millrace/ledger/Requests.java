package io.millrace.ledger;

import static io.millrace.ledger.LedgerFile.readText;
import static io.millrace.ledger.LedgerFile.writeText;

import java.util.Optional;
import java.util.UUID;

/** Operators' requests, in the order in which they were made, and their answers. */
final class Requests {
  private final PatientStore store;
  private final UUID nonce;
  private long next;

  /**
   * Begins behind the answered ones.
   *
   * @param next requests below this number have answers; later ones may
   */
  Requests(PatientStore store, UUID nonce, long next) {
    this.store = store;
    this.nonce = nonce;
    this.next = next;
  }

  synchronized long next() {
    return next;
  }

  synchronized Optional<LedgerRequest> oldest() {
    while (true) {
      String name = LedgerNames.request(next);
      Optional<byte[]> file = store.read(name);
      if (file.isEmpty()) {
        return Optional.empty();
      }
      if (store.read(LedgerNames.answer(next)).isEmpty()) {
        return Optional.of(decode(next, name, file.get()));
      }
      next++;
    }
  }

  synchronized void answer(LedgerRequest request, String answer) {
    store.putIfAbsent(LedgerNames.answer(request.number()), encodeAnswer(nonce, answer));
    next = Math.max(next, request.number() + 1);
  }

  static byte[] encode(UUID nonce, String kind, String parameters) {
    return LedgerFile.encode(
        LedgerFile.Kind.REQUEST,
        nonce,
        out -> {
          writeText(out, kind);
          writeText(out, parameters);
        });
  }

  static byte[] encodeAnswer(UUID nonce, String answer) {
    return LedgerFile.encode(LedgerFile.Kind.ANSWER, nonce, out -> writeText(out, answer));
  }

  static String decodeAnswer(String name, byte[] file) {
    return LedgerFile.decode(LedgerFile.Kind.ANSWER, name, file, (in, nonce) -> readText(in));
  }

  static LedgerRequest decode(long number, String name, byte[] file) {
    return LedgerFile.decode(
        LedgerFile.Kind.REQUEST,
        name,
        file,
        (in, nonce) -> new LedgerRequest(number, readText(in), readText(in)));
  }
}
