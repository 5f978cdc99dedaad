package io.millrace.sink;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.ledger.CommittedOffset;
import io.millrace.ledger.LedgerStore;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How far one stream is in a directory that has no log of its own: numbered steps 1, 2, 3 …, each a
 * small file that is put if absent, never changed and never deleted. The last step is the truth.
 *
 * <p>A batch takes two steps. The first names the attempt that is being published; while it is the
 * last step, files of that attempt may become visible. The second moves the committed offset, and
 * is put behind the first only.
 *
 * <p><b>Why two drivers can't harm each other</b>, wherever one is paused or ends:
 *
 * <ul>
 *   <li>Of two that write step <i>n</i>, one succeeds; the other reads it and decides anew. So
 *       there is one order of steps, and an application that wakes can't write into the past.
 *   <li>A committed offset is only ever put behind the step that names its attempt. Once a later
 *       attempt of the batch is named, the earlier one can't be committed by anybody; only from
 *       then on are its files removed, visible ones included. So no file of a committed attempt is
 *       removed.
 *   <li>A file is removed by making its pending form useless first (the upload is aborted, the
 *       staged file deleted), then deleting what is visible. A driver that still publishes the
 *       earlier attempt either came before, and its file is deleted, or finds nothing to publish.
 *       So no file of an attempt that was given up stays.
 *   <li>Two that publish one attempt publish the same files, those of its prepared record: an
 *       upload completes once, and who comes second finds the object by its nonce.
 *   <li>A name belongs to one attempt of one batch of one ledger, so nobody deletes or overwrites
 *       another attempt's file by mistake.
 * </ul>
 *
 * <p>For one thread.
 */
final class CommitLog {
  private static final JsonMapper JSON = new JsonMapper();
  private static final int FORMAT = 1;

  private final LedgerStore store;
  private final StreamId stream;

  /** The last step as far as read; number 0 is the state before the first. */
  private Step head = new Step(0, CommittedOffset.NONE, null);

  private boolean opened;

  /**
   * Where a stream is.
   *
   * @param number of the step
   * @param committed the committed offset
   * @param publishing what the committed offset will be once the batch that is being published is
   *     visible; null where none is
   */
  record Step(long number, CommittedOffset committed, @Nullable CommittedOffset publishing) {}

  /**
   * @param store the table's own directory, {@code _millrace}
   */
  CommitLog(LedgerStore store, StreamId stream) {
    this.store = store;
    this.stream = stream;
  }

  /** The last step there is now. One read where nothing has happened since. */
  Step head() throws IOException {
    if (!opened) {
      head = newest();
      opened = true;
    }
    for (Optional<Step> next = read(head.number() + 1);
        next.isPresent();
        next = read(head.number() + 1)) {
      head = next.get();
    }
    return head;
  }

  /**
   * Puts the step behind {@link #head}.
   *
   * @return whether it stands; false where another has put one
   */
  boolean append(CommittedOffset committed, @Nullable CommittedOffset publishing)
      throws IOException {
    Step next = new Step(head.number() + 1, committed, publishing);
    if (!store.putIfAbsent(name(next.number()), encode(next))) {
      return false;
    }
    head = next;
    return true;
  }

  /** Steps 1, 2, 4, 8 … until one is missing, then halving: nothing is listed. */
  private Step newest() throws IOException {
    Step found = head;
    long missing = 1;
    while (true) {
      Optional<Step> step = read(missing);
      if (step.isEmpty()) {
        break;
      }
      found = step.get();
      missing *= 2;
    }
    while (missing - found.number() > 1) {
      long middle = (found.number() + missing) >>> 1;
      Optional<Step> step = read(middle);
      if (step.isPresent()) {
        found = step.get();
      } else {
        missing = middle;
      }
    }
    return found;
  }

  private Optional<Step> read(long number) throws IOException {
    String name = name(number);
    Optional<byte[]> content = store.read(name);
    return content.isEmpty() ? Optional.empty() : Optional.of(decode(name, number, content.get()));
  }

  private String name(long number) {
    return String.format(Locale.ROOT, "%s/steps/%012d", directory(stream), number);
  }

  /** What a stream has below the table's own directory. */
  static String directory(StreamId stream) {
    return "streams/" + stream.ledger();
  }

  private byte[] encode(Step step) throws IOException {
    ObjectNode json = JSON.createObjectNode();
    json.put("format", FORMAT);
    json.put("stream", stream.stream());
    put(json, "committed", step.committed());
    if (step.publishing() != null) {
      put(json, "publishing", step.publishing());
    }
    json.put("nonce", UUID.randomUUID().toString()); // an own write is known again by it
    return JSON.writeValueAsBytes(json);
  }

  private Step decode(String name, long number, byte[] content) throws IOException {
    try {
      JsonNode json = JSON.readTree(content);
      if (json.path("format").asInt() != FORMAT) {
        throw new SinkException(
            ("%s/%s has format %s, this application knows %d: run the version of Millrace that wrote"
                    + " it, or a later one")
                .formatted(store.location(), name, json.path("format"), FORMAT));
      }
      JsonNode publishing = json.get("publishing");
      return new Step(
          number, offset(json.path("committed")), publishing == null ? null : offset(publishing));
    } catch (JsonProcessingException | IllegalArgumentException e) {
      throw new SinkException(
          ("%s/%s is damaged: it says how far the stream is; restore it from a copy or an older"
                  + " version of the object")
              .formatted(store.location(), name),
          e);
    }
  }

  private static void put(ObjectNode json, String name, CommittedOffset offset) {
    json.putObject(name).put("ordinal", offset.ordinal()).put("attempt", offset.attempt());
  }

  private static CommittedOffset offset(JsonNode json) {
    if (!json.path("ordinal").isIntegralNumber() || !json.path("attempt").isIntegralNumber()) {
      throw new IllegalArgumentException("no offset");
    }
    return new CommittedOffset(json.get("ordinal").asLong(), json.get("attempt").asInt());
  }
}
