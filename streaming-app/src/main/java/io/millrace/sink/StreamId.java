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
  public StreamId {
    requireNonNull(stream, "stream");
    requireNonNull(ledger, "ledger");
  }

  /** The transaction whose version is the committed ordinal. */
  String ordinalAppId() {
    return "millrace/" + stream + "/" + ledger;
  }

  /** The transaction whose version is the attempt that was committed with it. */
  String attemptAppId() {
    return ordinalAppId() + "/attempt";
  }
}
