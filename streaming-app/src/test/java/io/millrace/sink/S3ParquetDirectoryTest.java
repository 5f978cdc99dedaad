package io.millrace.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.ledger.CommittedOffset;
import io.millrace.ledger.OutputFile;
import io.millrace.localstack.InjectedFault;
import io.millrace.localstack.LocalStack;
import io.millrace.localstack.control.Fault;
import io.millrace.localstack.control.RequestMatch;
import io.millrace.output.BatchName;
import io.millrace.output.DataFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.sync.RequestBody;

/** In S3: pending uploads. */
class S3ParquetDirectoryTest extends ParquetDirectoryContract {
  private static final int PART_BYTES = 8 << 20;
  private static final int PARTS_UNDER_WAY = 4;
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private final LocalStack stack = LocalStack.shared();
  private final String bucket = stack.createBucket("lake");

  @Override
  String place() {
    return "s3://" + bucket + "/some/table";
  }

  @Override
  int pendingFiles() {
    return stack.s3().listMultipartUploads(r -> r.bucket(bucket)).uploads().size();
  }

  @Test
  void aCompletionWhoseReplyWasLostIsRecognised() throws IOException {
    ParquetDirectorySink sink = open();
    List<OutputFile> files = written(sink, 1, 1, "a", "b");

    try (InjectedFault fault = stack.inject(Fault.replyLost(completions()).atMost(2))) {
      sink.commit(step(CommittedOffset.NONE, at(1, 1), files));
      assertThat(fault.hits()).isEqualTo(2);
    }

    assertThat(ids()).containsExactly("a", "b");
    assertThat(open().committed()).isEqualTo(at(1, 1));
  }

  /** S3 says so where parts have checksums, and S3Proxy never does. */
  @ParameterizedTest
  @ValueSource(strings = {"InvalidPart", "InvalidRequest"})
  void aCompletionThatIsRefusedForItsPartsIsTriedWithWhatS3ListsOfThem(String code)
      throws IOException {
    ParquetDirectorySink sink = open();
    List<OutputFile> files = written(sink, 1, 1, "a");

    try (InjectedFault fault = stack.inject(Fault.refusal(completions(), 400, code).atMost(1))) {
      sink.commit(step(CommittedOffset.NONE, at(1, 1), files));
      assertThat(fault.hits()).isEqualTo(1);
    }

    assertThat(ids()).containsExactly("a");
  }

  @ParameterizedTest
  @CsvSource({"403, AccessDenied", "400, InvalidPart"})
  void aStoreThatFailsForAWhileIsToldAsSomethingThatMayMend(int status, String code)
      throws IOException {
    ParquetDirectorySink sink = open();
    List<OutputFile> files = written(sink, 1, 1, "a");
    TableCommit step = step(CommittedOffset.NONE, at(1, 1), files);

    try (InjectedFault fault = stack.inject(Fault.refusal(completions(), status, code))) {
      assertThatThrownBy(() -> sink.commit(step))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("cannot complete the upload of s3://" + bucket);
      assertThat(fault.hits()).isPositive();
    }
    sink.commit(step);

    assertThat(ids()).containsExactly("a");
  }

  @Test
  void aStepWhoseReplyWasLostIsRecognised() throws IOException {
    ParquetDirectorySink sink = open();
    List<OutputFile> files = written(sink, 1, 1, "a");

    try (InjectedFault fault = stack.inject(Fault.replyLost(steps()).atMost(1))) {
      sink.commit(step(CommittedOffset.NONE, at(1, 1), files));
      assertThat(fault.hits()).isEqualTo(1);
    }
    try (InjectedFault fault = stack.inject(Fault.status(steps(), 409).atMost(1))) {
      sink.commit(step(at(1, 1), at(2, 1), written(sink, 2, 1, "b")));
      assertThat(fault.hits()).isEqualTo(1);
    }

    assertThat(ids()).containsExactly("a", "b");
    assertThat(open().committed()).isEqualTo(at(2, 1));
  }

  @Test
  void anObjectOfTheSameNameThatIsNotTheFileIsNotTakenForIt() throws IOException {
    ParquetDirectorySink sink = open();
    List<OutputFile> files = written(sink, 1, 1, "a");
    pending().takeBack(files.get(0));
    stack
        .s3()
        .putObject(
            r -> r.bucket(bucket).key("some/table/" + files.get(0).path()),
            RequestBody.fromBytes(new byte[(int) files.get(0).sizeBytes()]));

    assertThatThrownBy(() -> sink.commit(step(CommittedOffset.NONE, at(1, 1), files)))
        .isInstanceOf(FilesVanishedException.class);
  }

  @Test
  void aFileOfManyPartsIsTheBytesThatWereWritten() throws IOException {
    byte[] bytes = new byte[(20 << 20) + 7];
    new Random(1).nextBytes(bytes);
    ParquetDirectorySink sink = open();
    sink.begin(new BatchName(1, 1, 1));
    OutputFile written;
    try (DataFile file = sink.dataFiles().create(Map.of("date", "2026-11-01"), 3)) {
      file.write(bytes, 0, 10_000_000);
      file.write(bytes, 10_000_000, bytes.length - 10_000_000);
      assertThat(file.size()).isEqualTo(bytes.length);
      written = file.finish(1, null);
    }
    sink.commit(step(CommittedOffset.NONE, at(1, 1), List.of(written)));

    byte[] there =
        stack
            .s3()
            .getObjectAsBytes(r -> r.bucket(bucket).key("some/table/" + written.path()))
            .asByteArray();
    assertThat(there).isEqualTo(bytes);
  }

  @Test
  void partsAreOnTheirWayWhileTheNextAreFilled() throws Exception {
    byte[] part = new byte[PART_BYTES];
    ParquetDirectorySink sink = open();
    sink.begin(new BatchName(1, 1, 1));
    try (DataFile file = sink.dataFiles().create(Map.of("date", "2026-11-01"), 3)) {
      CompletableFuture<OutputFile> written;
      try (InjectedFault held = stack.inject(Fault.stall(parts(), 0))) {
        for (int i = 0; i < PARTS_UNDER_WAY; i++) {
          file.write(part);
        }
        held.awaitHits(PARTS_UNDER_WAY, LIMIT);

        written = CompletableFuture.supplyAsync(() -> finished(file, part));
      }
      assertThat(written).succeedsWithin(LIMIT);
      sink.commit(step(CommittedOffset.NONE, at(1, 1), List.of(written.get())));
    }
    assertThat(visible()).hasSize(1);
  }

  @Test
  void aPartThatIsRefusedFailsTheFile() throws IOException {
    ParquetDirectorySink sink = open();
    sink.begin(new BatchName(1, 1, 1));
    try (InjectedFault refused = stack.inject(Fault.status(parts(), 403));
        DataFile file = sink.dataFiles().create(Map.of("date", "2026-11-01"), 3)) {
      file.write(new byte[PART_BYTES]);
      assertThatThrownBy(() -> file.finish(1, null))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("cannot upload a part of s3://" + bucket);
      assertThat(refused.hits()).isEqualTo(1);
    }
    assertThat(pendingFiles()).isZero();
  }

  @Test
  void aFileThatIsClosedUnfinishedLeavesNothing() throws IOException {
    ParquetDirectorySink sink = open();
    sink.begin(new BatchName(1, 1, 1));
    try (DataFile file = sink.dataFiles().create(Map.of("date", "2026-11-01"), 3)) {
      file.write(new byte[9 << 20]);
      assertThat(pendingFiles()).isEqualTo(1);
    }
    assertThat(pendingFiles()).isZero();
  }

  private static OutputFile finished(DataFile file, byte[] lastPart) {
    try {
      file.write(lastPart);
      return file.finish(1, null);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private RequestMatch parts() {
    return RequestMatch.s3("PUT", bucket).withKeyPrefix("some/table/date=");
  }

  private RequestMatch completions() {
    return RequestMatch.s3("POST", bucket).withKeyPrefix("some/table/date=");
  }

  private RequestMatch steps() {
    return RequestMatch.s3("PUT", bucket).withKeyPrefix("some/table/_millrace/streams/");
  }
}
