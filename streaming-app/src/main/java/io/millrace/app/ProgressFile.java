package io.millrace.app;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.ledger.Backlog;
import io.millrace.ledger.Ledger;
import io.millrace.sink.BatchReport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * One line of JSON for each committed batch, for whoever watches a local run.
 *
 * <p>{@code malformed_cut} are those of the malformed records that are only counted. {@code
 * seconds} are those of the batch, {@code bytes} uncompressed input; {@code head}, {@code
 * committed} and {@code backlog_*} are the stream's after it.
 */
final class ProgressFile implements Consumer<BatchReport> {
  private final JsonMapper json = new JsonMapper();
  private final Path file;
  private final Ledger ledger;

  ProgressFile(Path file, Ledger ledger) {
    this.file = file;
    this.ledger = ledger;
  }

  @Override
  public void accept(BatchReport report) {
    Backlog backlog = ledger.backlog();
    ObjectNode line = json.createObjectNode();
    line.put("first", report.batch().firstOrdinal());
    line.put("committed", report.batch().lastOrdinal());
    line.put("head", ledger.head());
    line.put("backlog_objects", backlog.objects());
    line.put("backlog_bytes", backlog.bytes());
    line.put("objects", report.objects());
    ObjectNode outcomes = line.putObject("outcomes");
    report
        .outcomes()
        .forEach((kind, count) -> outcomes.put(kind.name().toLowerCase(Locale.ROOT), count));
    line.put("records", report.recordsConverted());
    line.put("malformed", report.recordsQuarantined());
    line.put("malformed_cut", report.recordsCut());
    line.put("bytes", report.bytesRead());
    line.put("null_timestamps", report.nullTimestamps());
    line.put("tasks", report.division().tasks());
    line.put("task_bytes", report.division().taskBytes());
    line.put("rolled_forward", report.rolledForward());
    line.put("seconds", report.duration().toMillis() / 1000.0);
    try {
      Files.writeString(file, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write the progress file " + file, e);
    }
  }
}
