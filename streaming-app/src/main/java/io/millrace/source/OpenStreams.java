package io.millrace.source;

import static java.util.Objects.requireNonNull;

import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Hands the application's open stream to the source.
 *
 * <p>The one place of static state: Spark makes a source by reflection and gives it strings only,
 * but a ledger has one owner, so that the source must not open it a second time.
 */
public final class OpenStreams {
  private static final Map<String, LiveStream> STREAMS = new ConcurrentHashMap<>();

  private OpenStreams() {}

  /** Makes a stream known under a new token, the value of the source's option {@code live}. */
  public static String register(LiveStream stream) {
    String token = UUID.randomUUID().toString();
    STREAMS.put(token, requireNonNull(stream, "stream"));
    return token;
  }

  /** Forgets a stream; nothing where the token is unknown. Queries that run keep it. */
  public static void unregister(String token) {
    STREAMS.remove(token);
  }

  static @Nullable LiveStream find(String token) {
    return STREAMS.get(token);
  }
}
