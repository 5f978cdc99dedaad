package io.millrace.source;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.UUID;
import org.apache.spark.sql.connector.read.streaming.Offset;
import org.jspecify.annotations.Nullable;

/**
 * How far a query has come: {@code {"v":1,"stream":"orders","ledger":"<uuid>","ordinal":42}}.
 *
 * <p>Stream and ledger are there so that the checkpoint of one stream is never taken for another's.
 * Equal by its JSON, as Spark has it.
 */
final class ArrivalOffset extends Offset {
  static final int VERSION = 1;

  private static final JsonMapper JSON = new JsonMapper();

  private final String stream;
  private final UUID ledger;
  private final long ordinal;

  /**
   * Of a stream and its ledger.
   *
   * @param ordinal the highest one admitted; 0 before the first
   */
  ArrivalOffset(String stream, UUID ledger, long ordinal) {
    this.stream = requireNonNull(stream, "stream");
    this.ledger = requireNonNull(ledger, "ledger");
    this.ordinal = ordinal;
    if (ordinal < 0) {
      throw new IllegalArgumentException("ordinal is negative: " + ordinal);
    }
  }

  /**
   * Reads what {@link #json} wrote.
   *
   * @throws SourceException where it is something else
   */
  static ArrivalOffset parse(String json) {
    try {
      JsonNode offset = JSON.readTree(json);
      int version = offset.path("v").asInt();
      if (version > VERSION) {
        throw new SourceException(
            ("Spark's checkpoint was written by a newer Millrace: its offset has version %d, this"
                    + " one reads up to %d. Run the newer one, or start with a new checkpoint")
                .formatted(version, VERSION));
      }
      String stream = offset.path("stream").textValue();
      JsonNode ordinal = offset.path("ordinal");
      if (version < 1 || stream == null || !ordinal.isIntegralNumber()) {
        throw unreadable(json, null);
      }
      return new ArrivalOffset(
          stream, UUID.fromString(offset.path("ledger").asText()), ordinal.longValue());
    } catch (JsonProcessingException | IllegalArgumentException e) {
      throw unreadable(json, e);
    }
  }

  String stream() {
    return stream;
  }

  UUID ledger() {
    return ledger;
  }

  long ordinal() {
    return ordinal;
  }

  @Override
  public String json() {
    return JSON.createObjectNode()
        .put("v", VERSION)
        .put("stream", stream)
        .put("ledger", ledger.toString())
        .put("ordinal", ordinal)
        .toString();
  }

  private static SourceException unreadable(String json, @Nullable Exception cause) {
    return new SourceException(
        ("Spark's checkpoint holds an offset that is not this source's: %s. It belongs to another"
                + " source, or is damaged; start with a new checkpoint")
            .formatted(json),
        cause);
  }
}
