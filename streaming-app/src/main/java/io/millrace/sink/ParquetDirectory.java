package io.millrace.sink;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.ledger.HadoopLedgerStore;
import io.millrace.ledger.LedgerStore;
import io.millrace.output.FileNames;
import io.millrace.output.PendingStores;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructType;

/**
 * A directory of Parquet files, and what it says of itself below {@code _millrace}: {@code table},
 * its columns; {@code streams/<ledger>/stream}, who writes it; {@code streams/<ledger>/steps/…},
 * see {@link CommitLog}.
 */
public final class ParquetDirectory {
  static final String OWN = "_millrace";

  private static final Set<String> SCHEMES = Set.of("s3", "s3a", "hdfs", "file");
  private static final String TABLE = "table";
  private static final String DELTA_LOG = "_delta_log";
  private static final int FORMAT = 1;
  private static final JsonMapper JSON = new JsonMapper();

  private final TableSpec spec;
  private final FileSystem files;
  private final Path root;
  private final LedgerStore own;

  private ParquetDirectory(TableSpec spec, Configuration configuration) throws IOException {
    this.spec = spec;
    Path path = new Path(spec.path());
    this.files = path.getFileSystem(configuration);
    this.root = files.makeQualified(path);
    if (!SCHEMES.contains(files.getUri().getScheme())) {
      throw new SinkException(
          ("a directory of Parquet files can't be kept in %s: it needs a store that refuses to"
                  + " create a file twice; put it on s3://, on hdfs:// or on a local disk, or"
                  + " write a Delta table (table.format)")
              .formatted(root));
    }
    this.own = HadoopLedgerStore.open(new Path(root, OWN).toString(), configuration);
  }

  /**
   * Looks whether the directory can be used; makes and changes nothing.
   *
   * @return whether it is there; where it is not, it can be made
   * @throws SinkException where it has other columns or something that is not ours
   */
  public static boolean check(TableSpec spec, Configuration configuration) throws IOException {
    return new ParquetDirectory(spec, configuration).check();
  }

  /**
   * Opens the directory for a stream, or makes it.
   *
   * @param abandonedAfter how long pending files that nobody names are left alone
   * @throws SinkException where it can't be used
   */
  public static ParquetDirectorySink openOrCreate(
      TableSpec spec,
      StreamId stream,
      Configuration configuration,
      Duration abandonedAfter,
      InstantSource clock)
      throws IOException {
    ParquetDirectory directory = new ParquetDirectory(spec, configuration);
    directory.own.probe();
    if (!directory.check()) {
      directory.create();
    }
    directory.enter(stream);
    return new ParquetDirectorySink(
        directory.root.toString(),
        new CommitLog(directory.own, stream),
        PendingStores.open(
            directory.root.toString(), configuration, new FileNames(stream.ledger())),
        new SparkParquetJob(spec.partitionColumns()),
        Parallel.DEFAULT,
        abandonedAfter,
        clock);
  }

  private boolean check() throws IOException {
    Optional<byte[]> standing = own.read(TABLE);
    if (standing.isEmpty()) {
      refuseWhatIsNotOurs("");
      return false;
    }
    JsonNode table = parse(TABLE, standing.get());
    List<String> partitions = new ArrayList<>();
    table.path("partitionColumns").forEach(column -> partitions.add(column.asText()));
    StructType schema = (StructType) DataType.fromJson(table.path("schema").toString());
    SchemaFit.misfit(spec, partitions, schema, missing -> "")
        .ifPresent(
            misfit -> {
              throw new SinkException(
                  ("the Parquet directory %s does not fit the configuration: %s. Its files can't be"
                          + " changed: set schema, projection and table.* back to what they were, or"
                          + " give the stream another directory (table.path)")
                      .formatted(root, misfit));
            });
    refuseWhatIsNotOurs(spec.partitionColumns().get(0) + "=");
    return true;
  }

  /** Judges the first level only: what is below our partitions is looked at by nobody. */
  private void refuseWhatIsNotOurs(String partitionPrefix) throws IOException {
    if (files.exists(new Path(root, DELTA_LOG))) {
      throw new SinkException(
          ("%s is a Delta table: its readers would not see files that are put beside it. Set"
                  + " table.format to delta, or give the stream another directory (table.path)")
              .formatted(root));
    }
    for (FileStatus status : list(root)) {
      String name = status.getPath().getName();
      boolean hidden = name.startsWith("_") || name.startsWith(".");
      boolean partition = !partitionPrefix.isEmpty() && name.startsWith(partitionPrefix);
      if (!hidden && !partition) {
        throw new SinkException(
            ("%s has %s, which no stream of Millrace has put there: its rows would be mixed with"
                    + " the table's. Move it away, or give the stream an empty directory"
                    + " (table.path)")
                .formatted(root, name));
      }
    }
  }

  private void create() throws IOException {
    ObjectNode table = JSON.createObjectNode();
    table.put("format", FORMAT);
    table.set("schema", JSON.readTree(spec.schema().asNullable().json()));
    spec.partitionColumns().forEach(table.withArray("partitionColumns")::add);
    if (!own.putIfAbsent(TABLE, JSON.writeValueAsBytes(table))) {
      check(); // another stream has made it in the same moment
    }
  }

  /** Notes that the stream writes here, beside others that do. */
  private void enter(StreamId stream) throws IOException {
    for (FileStatus status : list(new Path(root, OWN + "/streams"))) {
      String ledger = status.getPath().getName();
      if (ledger.equals(stream.ledger().toString())) {
        continue;
      }
      Optional<byte[]> other = own.read("streams/" + ledger + "/stream");
      if (other.isPresent()
          && parse("stream", other.get()).path("stream").asText().equals(stream.stream())) {
        throw new SinkException(
            ("%s has rows of stream %s from another ledger (%s): with a new ledger the same objects"
                    + " would be converted and added once more. Go back to that ledger, give the"
                    + " stream an empty directory (table.path), or give it another name (stream) if"
                    + " both sets of rows are wanted")
                .formatted(root, stream.stream(), ledger));
      }
    }
    String name = CommitLog.directory(stream) + "/stream";
    ObjectNode json = JSON.createObjectNode().put("format", FORMAT).put("stream", stream.stream());
    byte[] content = JSON.writeValueAsString(json).getBytes(StandardCharsets.UTF_8);
    if (!own.putIfAbsent(name, content)) {
      throw new SinkException(
          "%s/%s names another stream than %s: a ledger belongs to one stream"
              .formatted(own.location(), name, stream.stream()));
    }
  }

  private JsonNode parse(String name, byte[] content) {
    try {
      JsonNode json = JSON.readTree(new String(content, StandardCharsets.UTF_8));
      if (json.path("format").asInt() == FORMAT) {
        return json;
      }
      throw new SinkException(
          ("%s/%s has format %s, this application knows %d: run the version of Millrace that wrote"
                  + " it, or a later one")
              .formatted(own.location(), name, json.path("format"), FORMAT));
    } catch (JsonProcessingException e) {
      throw new SinkException(
          "%s/%s is damaged: restore it from a copy or an older version of the object"
              .formatted(own.location(), name),
          e);
    }
  }

  private FileStatus[] list(Path path) throws IOException {
    try {
      return files.listStatus(path);
    } catch (FileNotFoundException e) {
      return new FileStatus[0];
    }
  }
}
