package io.millrace.sink;

import static java.util.Objects.requireNonNull;

import java.util.UUID;

/**
 * Whose committed offset a table holds: Delta's {@code appId}.
 *
 * @param stream the stream's name
 * @param ledger its ledger's identity: a stream begun anew is another
 */
public record StreamId(String stream, UUID ledger) {
  private static final String PREFIX = "millrace/";

  public StreamId {
    requireNonNull(stream, "stream");
    requireNonNull(ledger, "ledger");
  }

  /** Whether a transaction is of another stream, or of another ledger of this one. */
  boolean isAnother(String appId) {
    return appId.startsWith(PREFIX)
        && !appId.equals(ordinalAppId())
        && !appId.equals(attemptAppId())
        && !appId.equals(announcedAppId());
  }

  /** The transaction whose version is the committed ordinal. */
  String ordinalAppId() {
    return PREFIX + stream + "/" + ledger;
  }

  /** The transaction whose version says which attempt was announced last, where one was. */
  String announcedAppId() {
    return ordinalAppId() + "/announced";
  }

  /** The transaction whose version is the attempt that was committed with it. */
  String attemptAppId() {
    return ordinalAppId() + "/attempt";
  }
}
