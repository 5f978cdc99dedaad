package io.millrace.demo.check;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * One data file of a Delta table rewritten by DuckDB, in a commit of its own, until it is closed.
 */
final class Tampering implements AutoCloseable {
  private static final String BUCKET = "lake";
  private static final JsonMapper JSON = new JsonMapper();

  private final S3Client s3;
  private final String chosen;
  private final List<String> written;

  private Tampering(S3Client s3, String chosen, List<String> written) {
    this.s3 = s3;
    this.chosen = chosen;
    this.written = written;
  }

  /**
   * Replaces a file by what a query makes of it.
   *
   * @param bucket the directory of the bucket {@value #BUCKET}
   * @param name the table's key in it
   * @param identity the column of which the least value is what the query knows as {@code chosen}
   * @param query over the file's {@code rows}
   */
  static Tampering of(S3Client s3, Path bucket, String name, String identity, String query)
      throws Exception {
    Path table = bucket.resolve(name);
    List<Path> commits = commits(table.resolve("_delta_log"));
    ObjectNode add = (ObjectNode) liveFile(commits);
    Path old = table.resolve(add.get("path").asText());
    Path local = Files.createTempFile("tampered-", ".parquet");
    String chosen = rewrite(old, local, identity, query);
    Path fresh = old.resolveSibling(local.getFileName());

    ObjectNode remove = JSON.createObjectNode();
    remove.putObject("remove").put("path", add.get("path").asText()).put("dataChange", true);
    add.put("path", table.relativize(fresh).toString());
    add.put("size", Files.size(local));
    add.remove("stats");
    ObjectNode added = JSON.createObjectNode();
    added.set("add", add);
    String data = bucket.relativize(fresh).toString();
    String commit = "%s/_delta_log/%020d.json".formatted(name, commits.size());
    s3.putObject(r -> r.bucket(BUCKET).key(data), local);
    s3.putObject(
        r -> r.bucket(BUCKET).key(commit), RequestBody.fromString(remove + "\n" + added + "\n"));
    Files.delete(local);
    return new Tampering(s3, chosen, List.of(commit, data));
  }

  /** The identity of the row that the query was about. */
  String chosen() {
    return chosen;
  }

  /** Makes it undone. */
  @Override
  public void close() {
    written.forEach(key -> s3.deleteObject(r -> r.bucket(BUCKET).key(key)));
  }

  private static List<Path> commits(Path log) throws IOException {
    try (Stream<Path> files = Files.list(log)) {
      return files.filter(file -> file.toString().endsWith(".json")).sorted().toList();
    }
  }

  private static JsonNode liveFile(List<Path> commits) throws IOException {
    Map<String, JsonNode> live = new LinkedHashMap<>();
    for (Path commit : commits) {
      for (String line : Files.readAllLines(commit)) {
        JsonNode action = JSON.readTree(line);
        if (action.has("add")) {
          live.put(action.get("add").get("path").asText(), action.get("add"));
        } else if (action.has("remove")) {
          live.remove(action.get("remove").get("path").asText());
        }
      }
    }
    return live.values().stream().reduce((first, last) -> last).orElseThrow();
  }

  private static String rewrite(Path from, Path to, String identity, String query)
      throws SQLException {
    try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duckdb.createStatement()) {
      statement.execute(
          "CREATE VIEW rows AS SELECT * FROM read_parquet('%s', hive_partitioning = false)"
              .formatted(from));
      String chosen;
      try (ResultSet least = statement.executeQuery("SELECT min(" + identity + ") FROM rows")) {
        least.next();
        chosen = least.getString(1);
      }
      String literal = "'" + chosen + "'";
      statement.execute(
          "COPY (%s) TO '%s' (FORMAT parquet)".formatted(query.replace("chosen", literal), to));
      return chosen;
    }
  }
}
