package io.millrace.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.delta.storage.LogStore;
import io.millrace.localstack.InjectedFault;
import io.millrace.localstack.LocalStack;
import io.millrace.localstack.RequestCounter;
import io.millrace.localstack.control.Fault;
import io.millrace.localstack.control.RequestMatch;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;

/** Commits of a table's log on a real S3 server. */
class ConditionalCreateLogStoreTest {
  private static final int WRITERS = 8;
  private static final int VERSIONS = 10;

  @TempDir java.nio.file.Path folder;
  private final LocalStack stack = LocalStack.shared();
  private final String bucket = stack.createBucket("log");
  private final Configuration configuration = new Configuration();
  private final LogStore store;

  ConditionalCreateLogStoreTest() {
    stack.hadoopConfiguration().forEach(configuration::set);
    store = new ConditionalCreateLogStore(configuration);
  }

  @Test
  void aCommitIsReadBackLineByLine() throws IOException {
    write(0, List.of("{\"one\":1}", "{\"two\":\"ü\"}"));

    assertThat(read(0)).containsExactly("{\"one\":1}", "{\"two\":\"ü\"}");
  }

  @Test
  void theLogIsListedFromANameOnInOneRequest() throws Exception {
    for (int version = 0; version < 12; version++) {
      write(version, List.of("commit " + version));
    }
    for (String name :
        List.of("_last_checkpoint", "00000000000000000008.crc", "_sidecars/a", ".hidden")) {
      put(name);
    }
    for (String name :
        List.of(
            "00000000000000000000.",
            "00000000000000000008.",
            "00000000000000000008.json",
            "00000000000000000010.checkpoint",
            "00000000000000000099.",
            "_")) {
      List<String> expected = new ArrayList<>();
      for (FileStatus file : file(0).getFileSystem(configuration).listStatus(log())) {
        if (file.isFile() && file.getPath().getName().compareTo(name) >= 0) {
          expected.add(file.getPath() + " " + file.getLen());
        }
      }
      Collections.sort(expected);
      try (RequestCounter requests = stack.count(RequestMatch.s3("GET", bucket))) {
        assertThat(listed(name)).isEqualTo(expected);
        assertThat(requests.total()).isEqualTo(1);
      }
    }
    assertThatThrownBy(
            () -> store.listFrom(new Path("s3a://" + bucket + "/none/0."), configuration))
        .isInstanceOf(FileNotFoundException.class);
  }

  @Test
  void aLogOfSeveralPagesIsListedToItsEnd() throws IOException {
    IntStream.range(0, 1_005).parallel().forEach(i -> put("%020d.json".formatted(i)));

    assertThat(listed("00000000000000000002.json"))
        .hasSize(1_003)
        .isSorted()
        .last()
        .isEqualTo(file(1_004) + " 1");
  }

  private List<String> listed(String from) throws IOException {
    List<String> listed = new ArrayList<>();
    store
        .listFrom(new Path(log(), from), configuration)
        .forEachRemaining(file -> listed.add(file.getPath() + " " + file.getLen()));
    return listed;
  }

  private void put(String name) {
    stack
        .s3()
        .putObject(r -> r.bucket(bucket).key("t/_delta_log/" + name), RequestBody.fromString("x"));
  }

  private Path log() {
    return file(0).getParent();
  }

  @Test
  void ofWritersOfOneVersionExactlyOneSucceeds() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(WRITERS);
    try {
      for (int version = 0; version < VERSIONS; version++) {
        int of = version;
        List<Callable<String>> writers = new ArrayList<>();
        for (int writer = 0; writer < WRITERS; writer++) {
          String content = "writer " + writer;
          writers.add(() -> tryToWrite(of, content));
        }
        List<String> winners = new ArrayList<>();
        for (Future<String> winner : threads.invokeAll(writers)) {
          if (!winner.get().isEmpty()) {
            winners.add(winner.get());
          }
        }
        assertThat(winners).hasSize(1);
        assertThat(read(version)).isEqualTo(winners);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void twoProcessesThatRaceThroughManyVersionsLoseNoCommitWhateverHappensToTheirRequests()
      throws Exception {
    int commits = 100;
    List<InjectedFault> faults = new ArrayList<>();
    try {
      for (int i = 0; i < 8; i++) {
        faults.add(stack.inject(Fault.replyLost(puts()).skipping(i).atMost(1)));
        faults.add(stack.inject(Fault.status(puts(), 409).skipping(i).atMost(1)));
      }
      List<CommittingProcess> drivers = new ArrayList<>();
      for (String name : List.of("a", "b")) {
        drivers.add(
            CommittingProcess.start(
                folder,
                name,
                file(0).getParent().toString(),
                commits,
                stack.hadoopConfiguration()));
      }
      List<String> expected = new ArrayList<>();
      for (CommittingProcess driver : drivers) {
        expected.addAll(driver.committed());
      }
      assertThat(expected).hasSize(2 * commits);

      List<String> log = new ArrayList<>();
      for (int version = 0; version < 2 * commits; version++) {
        log.addAll(read(version));
      }
      assertThat(log).containsExactlyInAnyOrderElementsOf(expected);
      for (InjectedFault fault : faults) {
        assertThat(fault.hits()).isEqualTo(1);
      }
    } finally {
      faults.forEach(InjectedFault::close);
    }
  }

  @Test
  void aCommitWhoseReplyWasLostHasHappened() throws IOException {
    try (InjectedFault fault = stack.inject(Fault.replyLost(puts()).atMost(1))) {
      write(0, List.of("mine"));
      assertThat(fault.hits()).isEqualTo(1);
    }

    assertThat(read(0)).containsExactly("mine");
    assertThatThrownBy(() -> write(0, List.of("another's")))
        .isInstanceOf(FileAlreadyExistsException.class);
  }

  @Test
  void aConflictThatS3AsksToTryAgainIsTriedAgain() throws IOException {
    for (int status : new int[] {409, 500, 503}) {
      try (InjectedFault fault = stack.inject(Fault.status(puts(), status).atMost(1))) {
        write(status, List.of("mine"));
        assertThat(fault.hits()).isEqualTo(1);
      }
      assertThat(read(status)).containsExactly("mine");
    }
  }

  @Test
  void anOverwriteThatIsMeantReplaces() throws IOException {
    write(0, List.of("old"));
    store.write(file(0), List.of("new").iterator(), true, configuration);

    assertThat(read(0)).containsExactly("new");
  }

  private String tryToWrite(int version, String content) throws IOException {
    try {
      write(version, List.of(content));
      return content;
    } catch (FileAlreadyExistsException e) {
      return "";
    }
  }

  private void write(int version, List<String> lines) throws IOException {
    store.write(file(version), lines.iterator(), false, configuration);
  }

  private List<String> read(int version) throws IOException {
    List<String> lines = new ArrayList<>();
    try (var read = store.read(file(version), configuration)) {
      read.forEachRemaining(lines::add);
    }
    return lines;
  }

  private Path file(int version) {
    return new Path("s3a://%s/t/_delta_log/%020d.json".formatted(bucket, version));
  }

  private RequestMatch puts() {
    return RequestMatch.s3("PUT", bucket);
  }
}
