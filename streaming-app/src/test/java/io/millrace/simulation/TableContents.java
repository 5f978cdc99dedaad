package io.millrace.simulation;

import io.millrace.ledger.CommittedOffset;
import io.millrace.ledger.SimulatedLedger.Files;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A table's files and its log, and what others than the stream do to it. */
public final class TableContents {
  private final SimulatedFiles log = new SimulatedFiles();
  private final Map<String, List<Row>> files = new HashMap<>();
  private Version newest = Version.EMPTY;
  private int written;
  private @Nullable Optimize underWay;
  private boolean changed;

  /**
   * One row.
   *
   * @param record which record of its object it is
   */
  public record Row(long ordinal, String key, String etag, int record) {}

  /** A version of the log whose rewrite of files is planned, and what comes of it. */
  private record Optimize(Version of, List<String> removed, List<Row> rows) {}

  /**
   * What the log says up to a version.
   *
   * @param files the paths of the files that readers see
   */
  public record Version(
      long number, CommittedOffset committed, CommittedOffset announced, Set<String> files) {
    public static final Version EMPTY =
        new Version(0, CommittedOffset.NONE, CommittedOffset.NONE, Set.of());

    /** With what one more version says. */
    public Version after(String content) {
      Set<String> live = new LinkedHashSet<>(files);
      CommittedOffset offset = committed;
      CommittedOffset attempt = announced;
      for (String line : content.split("\n", -1)) {
        String[] words = line.split(" ", -1);
        switch (words[0]) {
          case "remove" -> live.remove(words[1]);
          case "add" -> live.add(words[1]);
          case "txn" -> offset = offset(words);
          case "announced" -> attempt = offset(words);
          default -> {} // the nonce
        }
      }
      return new Version(number + 1, offset, attempt, live);
    }

    private static CommittedOffset offset(String[] words) {
      return new CommittedOffset(Long.parseLong(words[1]), Integer.parseInt(words[2]));
    }
  }

  /** A version's file in the log. */
  public static String name(long version) {
    return "log/" + version;
  }

  /**
   * What stands in the file.
   *
   * @param offset null where rows only move
   */
  public static String encode(
      UUID nonce, List<String> removed, List<String> added, @Nullable CommittedOffset offset) {
    StringBuilder content = new StringBuilder("nonce ").append(nonce).append('\n');
    removed.forEach(path -> content.append("remove ").append(path).append('\n'));
    added.forEach(path -> content.append("add ").append(path).append('\n'));
    if (offset != null) {
      content.append("txn ").append(offset.ordinal()).append(' ').append(offset.attempt());
    }
    return content.toString();
  }

  /** The same for a version that only announces an attempt. */
  public static String announcement(UUID nonce, CommittedOffset next) {
    return "nonce %s\nannounced %d %d".formatted(nonce, next.ordinal(), next.attempt());
  }

  Files log(Outside outside) {
    return log.seenBy(outside);
  }

  public String write(List<Row> rows) {
    String path = "file-" + written++;
    files.put(path, List.copyOf(rows));
    return path;
  }

  public boolean has(String path) {
    return files.containsKey(path);
  }

  public List<Row> rows(String path) {
    List<Row> rows = files.get(path);
    if (rows == null) {
      throw new InvariantException("a file that readers see is gone: " + path);
    }
    return rows;
  }

  public boolean delete(String path) {
    return files.remove(path) != null;
  }

  /** The next version, if there is one, and from then on the newest that is known here. */
  Optional<Version> advance() throws IOException {
    Optional<byte[]> next = log.all().read(name(newest.number() + 1));
    next.ifPresent(content -> newest = newest.after(new String(content, StandardCharsets.UTF_8)));
    return next.map(content -> newest);
  }

  /** All rows that readers see. */
  List<Row> rows() {
    List<Row> rows = new ArrayList<>();
    newest.files().forEach(path -> rows.addAll(rows(path)));
    return rows;
  }

  /** Somebody else plans to write some files together, or commits what was planned. */
  void optimize(Random random, UUID nonce) throws IOException {
    Optimize planned = underWay;
    if (planned == null) {
      List<String> some = newest.files().stream().filter(path -> random.nextInt(3) > 0).toList();
      List<Row> rows = new ArrayList<>();
      some.forEach(path -> rows.addAll(rows(path)));
      underWay = some.size() < 2 ? null : new Optimize(newest, some, rows);
      return;
    }
    underWay = null;
    String path = write(planned.rows());
    String content = encode(nonce, planned.removed(), List.of(path), null);
    // Where another version came first, it gives up.
    log.all().create(name(planned.of().number() + 1), content.getBytes(StandardCharsets.UTF_8));
  }

  /** Somebody changes the columns, or takes the change back. */
  void changeColumns() {
    changed = !changed;
  }

  public boolean isChanged() {
    return changed;
  }

  /** Files that readers do not see are deleted. */
  void vacuum() {
    files.keySet().retainAll(newest.files());
    underWay = null;
  }
}
