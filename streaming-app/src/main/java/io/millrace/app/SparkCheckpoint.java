package io.millrace.app;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.millrace.ledger.CommittedOffset;
import io.millrace.ledger.Ledger;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The query's checkpoint as Spark left it: advice, which is moved aside where it would be bad
 * advice.
 *
 * <p>Bad is one that can't be read, one of another ledger, and one that says that a batch is done
 * which the table does not have: Spark would go on behind it and never offer it again. One of
 * another stream or of any other query is left alone, and nothing is started: it is needed
 * elsewhere.
 */
final class SparkCheckpoint {
  private static final Logger LOG = LoggerFactory.getLogger(SparkCheckpoint.class);
  private static final JsonMapper JSON = new JsonMapper();

  private final Path location;
  private final FileSystem files;

  /** Why a checkpoint is bad advice. */
  private record Flaw(String reason) {}

  private SparkCheckpoint(Path location, FileSystem files) {
    this.location = location;
    this.files = files;
  }

  static SparkCheckpoint at(String location, Configuration configuration) throws IOException {
    Path path = new Path(location);
    return new SparkCheckpoint(path, path.getFileSystem(configuration));
  }

  /**
   * Looks whose it is, before anything is taken over; changes nothing.
   *
   * @throws OperatorException where it is another query's
   */
  void refuseAnotherQuerys(String stream) throws IOException {
    List<Long> offsets = batches("offsets");
    if (offsets.isEmpty()) {
      return;
    }
    long newest = offsets.get(offsets.size() - 1);
    if (offsetLines(newest).size() > 3) {
      throw anotherQuerys("a query of several sources");
    }
    try {
      JsonNode offset = offset(newest);
      String owner = offset.path("stream").asText();
      if (!owner.equals(stream)) {
        throw anotherQuerys(owner.isEmpty() ? "no stream of Millrace" : "stream '" + owner + "'");
      }
    } catch (JsonProcessingException | FileNotFoundException e) {
      LOG.debug("nobody's: it can't be read, and will be moved aside", e);
    }
  }

  /**
   * Moves the checkpoint aside, beside itself, if it is bad advice.
   *
   * @return where it is now, if it was moved
   */
  Optional<String> moveAsideUnlessUsable(
      Ledger ledger, CommittedOffset committed, InstantSource clock) throws IOException {
    Optional<Flaw> flaw = flaw(ledger, committed);
    if (flaw.isEmpty()) {
      return Optional.empty();
    }
    Path aside = location.suffix(".unusable-" + clock.millis());
    if (!files.rename(location, aside)) {
      throw new OperatorException(
          ("the Spark checkpoint %s can't be used (%s), and it could not be moved to %s: delete it"
                  + " by hand; no data is lost by that")
              .formatted(location, flaw.get().reason(), aside),
          null);
    }
    LOG.warn(
        "the Spark checkpoint {} can't be used: {}. It is now at {}; the query goes on behind"
            + " ordinal {}, which the table has committed",
        location,
        flaw.get().reason(),
        aside,
        committed.ordinal());
    return Optional.of(aside.toString());
  }

  private Optional<Flaw> flaw(Ledger ledger, CommittedOffset committed) throws IOException {
    List<Long> offsets = batches("offsets");
    List<Long> commits = batches("commits");
    if (offsets.isEmpty() && commits.isEmpty()) {
      return Optional.empty();
    }
    if (offsets.isEmpty()) {
      return Optional.of(new Flaw("it has commits, but no offsets"));
    }
    try {
      long newest = offsets.get(offsets.size() - 1);
      Optional<Flaw> foreign = foreign(offset(newest), ledger);
      if (foreign.isPresent() || commits.isEmpty()) {
        return foreign;
      }
      long lastDone = commits.get(commits.size() - 1);
      JsonNode done = offset(lastDone);
      long ordinal = done.path("ordinal").asLong(Long.MAX_VALUE);
      return ordinal <= committed.ordinal()
          ? Optional.empty()
          : Optional.of(
              new Flaw(
                  "its batch %d ends at ordinal %d, but the table has committed %d"
                      .formatted(lastDone, ordinal, committed.ordinal())));
    } catch (JsonProcessingException | FileNotFoundException e) {
      return Optional.of(new Flaw("it can't be read (" + e.getClass().getSimpleName() + ")"));
    }
  }

  private static Optional<Flaw> foreign(JsonNode offset, Ledger ledger) {
    boolean ours =
        offset.path("stream").asText().equals(ledger.stream())
            && offset.path("ledger").asText().equals(ledger.id().toString());
    if (!ours) {
      return Optional.of(new Flaw("it is of another stream or ledger"));
    }
    long ordinal = offset.path("ordinal").asLong(Long.MAX_VALUE);
    return ordinal <= ledger.head()
        ? Optional.empty()
        : Optional.of(
            new Flaw("it ends at ordinal %d, the ledger at %d".formatted(ordinal, ledger.head())));
  }

  /** A batch's offset log: a version line, the batch's metadata, one offset per source. */
  private JsonNode offset(long batch) throws IOException {
    List<String> lines = offsetLines(batch);
    if (lines.size() != 3 || !lines.get(0).equals("v1")) {
      throw new FileNotFoundException("batch " + batch + " has no offset log of one source");
    }
    return JSON.readTree(lines.get(2));
  }

  private List<String> offsetLines(long batch) throws IOException {
    Path file = new Path(new Path(location, "offsets"), Long.toString(batch));
    try (InputStream in = files.open(file)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }
  }

  private OperatorException anotherQuerys(String owner) {
    return new OperatorException(
        ("the checkpoint %s belongs to another query (%s): give each stream a checkpoint of its own;"
                + " if nobody needs it any more, delete it")
            .formatted(location, owner),
        null);
  }

  private List<Long> batches(String folder) throws IOException {
    try {
      return Stream.of(files.listStatus(new Path(location, folder)))
          .filter(FileStatus::isFile)
          .map(status -> status.getPath().getName())
          .filter(name -> name.matches("[0-9]{1,18}"))
          .map(Long::valueOf)
          .sorted()
          .toList();
    } catch (FileNotFoundException e) {
      return List.of();
    }
  }
}
