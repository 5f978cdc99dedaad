package io.millrace.ledger;

import java.io.IOException;
import java.util.Optional;

/**
 * A directory of immutable files, each written once.
 *
 * <p>Names are relative, of the characters {@code a-z 0-9 . - /}, and never reused. Implementations
 * are safe for several threads and several processes.
 */
public interface LedgerStore extends AutoCloseable {

  /**
   * Publishes a file whole, or not at all, unless there is one of that name.
   *
   * <p>The content must be unlike any other writer's (it holds a nonce): a refusal is read back,
   * and where the file that stands has exactly this content, the write had landed and only its
   * reply was lost.
   *
   * @return whether the file that now stands under the name is this one
   * @throws IOException when it could not be found out; the file may or may not be there
   */
  boolean putIfAbsent(String name, byte[] content) throws IOException;

  /** The content of a file, or empty where there is none. */
  Optional<byte[]> read(String name) throws IOException;

  /**
   * Makes sure that the second of two writes of one name is refused.
   *
   * @throws LedgerException where it is not: no ledger can be kept here
   */
  void probe() throws IOException;

  /** Where this is, for messages. */
  String location();

  @Override
  void close() throws IOException;
}
