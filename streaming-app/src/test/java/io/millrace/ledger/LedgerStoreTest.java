package io.millrace.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.localstack.InjectedFault;
import io.millrace.localstack.LocalStack;
import io.millrace.localstack.control.Fault;
import io.millrace.localstack.control.RequestMatch;
import io.millrace.notification.Notification;
import io.millrace.testing.TestHdfs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every store of ledger files must hold. */
class LedgerStoreTest {
  private static final int WRITERS = 16;

  @TempDir Path folder;
  private String bucket = "";
  private final ExecutorService threads = Executors.newFixedThreadPool(WRITERS);

  enum Kind {
    S3,
    HDFS,
    LOCAL,
    MEMORY
  }

  @AfterEach
  void end() {
    threads.shutdownNow();
  }

  @ParameterizedTest
  @EnumSource
  void aNameIsWrittenOnce(Kind kind) throws IOException {
    LedgerStore store = open(kind);

    assertThat(store.read("segments/1")).isEmpty();
    assertThat(store.putIfAbsent("segments/1", bytes("mine"))).isTrue();
    assertThat(store.putIfAbsent("segments/1", bytes("another's"))).isFalse();
    assertThat(store.read("segments/1")).contains(bytes("mine"));
  }

  @ParameterizedTest
  @EnumSource
  void theSameContentAgainIsAWriteWhoseReplyWasLost(Kind kind) throws IOException {
    LedgerStore store = open(kind);

    store.putIfAbsent("prepared/7.1", bytes("nonce"));
    assertThat(store.putIfAbsent("prepared/7.1", bytes("nonce"))).isTrue();
  }

  @ParameterizedTest
  @EnumSource
  void ofManyWritersOneWins(Kind kind) throws Exception {
    LedgerStore store = open(kind);

    for (int round = 0; round < 5; round++) {
      String name = "segments/" + round;
      List<Callable<Boolean>> writers = new ArrayList<>();
      for (int writer = 0; writer < WRITERS; writer++) {
        byte[] content = bytes("writer " + writer);
        writers.add(() -> store.putIfAbsent(name, content));
      }
      int winners = 0;
      for (Future<Boolean> won : threads.invokeAll(writers)) {
        winners += won.get() ? 1 : 0;
      }
      assertThat(winners).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @EnumSource
  void theProbeIsContentWithIt(Kind kind) throws IOException {
    open(kind).probe();
  }

  @ParameterizedTest
  @EnumSource
  void anEmptyFileAndALargeOneAreReadAsWritten(Kind kind) throws IOException {
    LedgerStore store = open(kind);
    byte[] large = new byte[9 << 20];
    java.util.Arrays.fill(large, (byte) 'x');

    assertThat(store.putIfAbsent("a/empty", new byte[0])).isTrue();
    assertThat(store.putIfAbsent("a/large", large)).isTrue();
    assertThat(store.read("a/empty")).contains(new byte[0]);
    assertThat(store.read("a/large")).contains(large);
  }

  @ParameterizedTest
  @EnumSource(names = "MEMORY", mode = EnumSource.Mode.EXCLUDE)
  void filesAreListedByTheirNamesAndSizes(Kind kind) throws IOException {
    HadoopLedgerStore store = (HadoopLedgerStore) open(kind);
    Map<String, Long> expected = new TreeMap<>();
    for (String name :
        List.of(
            "stream",
            LedgerNames.segment(1),
            LedgerNames.segment(123_456),
            LedgerNames.segment(1_234_567_890_123L),
            LedgerNames.prepared(77_777, 3),
            LedgerNames.rejected(12, 345_678),
            LedgerNames.snapshot(10_000) + ".keys.000000000000",
            "history/000000001000.1.000000000000")) {
      store.putIfAbsent(name, bytes(name));
      expected.put(name, (long) name.length());
    }

    Map<String, Long> listed = new TreeMap<>();
    store.forEachFile(listed::put);

    assertThat(listed).isEqualTo(expected);
  }

  @Test
  void inHdfsNoDirectoryHasMoreThanTenThousandNumbers() throws IOException {
    String uri = TestHdfs.directory("ledger");
    LedgerStore store = HadoopLedgerStore.open(uri, hdfs());
    for (long number : List.of(9_999L, 10_000L, 19_999L, 20_000L)) {
      store.putIfAbsent(LedgerNames.segment(number), bytes("content"));
      store.putIfAbsent(LedgerNames.prepared(number, 2), bytes("content"));
      store.putIfAbsent(LedgerNames.rejected(3, number), bytes("content"));
    }

    assertThat(children(uri, "segments")).containsExactly("00000000", "00000001", "00000002");
    assertThat(children(uri, "prepared")).containsExactly("00000000", "00000001", "00000002");
    assertThat(children(uri, "rejected"))
        .containsExactly("000000000003.00000000", "000000000003.00000001", "000000000003.00000002");
  }

  private static List<String> children(String ledger, String directory) throws IOException {
    org.apache.hadoop.fs.Path path = new org.apache.hadoop.fs.Path(ledger, directory);
    return Stream.of(path.getFileSystem(hdfs()).listStatus(path))
        .map(status -> status.getPath().getName())
        .toList();
  }

  /** S3Proxy could not hold objects of some of these names: to a ledger they are only texts. */
  @ParameterizedTest
  @EnumSource
  void keysOfEveryFormAreKnownAgainAfterARestart(Kind kind) throws IOException {
    LedgerStore store = open(kind);
    List<Notification> objects =
        Stream.of(
                "../x",
                "a/../b",
                "./a",
                "a//b",
                "a/b",
                "/a",
                "p",
                "p/q",
                "p/",
                "new\nline",
                "\u0000",
                "emoji \uD83D\uDE00",
                "composed \u00e9",
                "composed e\u0301",
                "red+flower %2B = : # ? * [ { \"'",
                "c".repeat(300),
                "k".repeat(1_024),
                "\u00fc".repeat(512))
            .map(
                key ->
                    new Notification(
                        "b", key, null, "e", "01", 1, Instant.EPOCH, Notification.Origin.EVENT))
            .toList();
    Ledger first = ledger(store);
    assertThat(first.append(objects.subList(0, 9)).appended()).isEqualTo(9);
    assertThat(first.append(objects.subList(9, objects.size())).appended()).isEqualTo(9);

    Ledger second = ledger(store);

    assertThat(second.append(objects)).isEqualTo(new AppendResult(0, objects.size(), 0));
    assertThat(second.arrivals(0, objects.size()))
        .extracting(Arrival::object)
        .containsExactlyElementsOf(objects);
    assertThat(store.read(LedgerNames.snapshot(2))).as("read from a snapshot").isPresent();
  }

  @Test
  void aWriteWhoseReplyIsLostIsFoundToHaveLanded() throws Exception {
    LedgerStore store = open(Kind.S3);
    try (InjectedFault lost = inject(Fault.replyLost(requests("PUT")).atMost(1))) {
      assertThat(store.putIfAbsent("segments/1", bytes("mine"))).isTrue();
      assertThat(lost.hits()).isEqualTo(1);
    }
    assertThat(store.putIfAbsent("segments/1", bytes("another's"))).isFalse();
  }

  @Test
  void aWriteWhoseReplyIsLostToALaterWriterIsStillTheEarlierOnes() throws Exception {
    LedgerStore store = open(Kind.S3);
    store.putIfAbsent("segments/1", bytes("another's"));
    try (InjectedFault lost = inject(Fault.replyLost(requests("PUT")).atMost(1))) {
      assertThat(store.putIfAbsent("segments/1", bytes("mine"))).isFalse();
      assertThat(lost.hits()).isEqualTo(1);
    }
    assertThat(store.read("segments/1")).contains(bytes("another's"));
  }

  @ParameterizedTest
  @ValueSource(ints = {409, 500, 503})
  void aConflictAndAnOverloadAreTriedAgain(int status) throws Exception {
    LedgerStore store = open(Kind.S3);
    try (InjectedFault fault = inject(Fault.status(requests("PUT"), status).atMost(2))) {
      assertThat(store.putIfAbsent("segments/1", bytes("mine"))).isTrue();
      assertThat(fault.hits()).isEqualTo(2);
    }
    assertThat(store.read("segments/1")).contains(bytes("mine"));
  }

  @Test
  void aWriteThatIsCutOffIsTriedAgain() throws Exception {
    LedgerStore store = open(Kind.S3);
    try (InjectedFault cut = inject(Fault.cutBefore(requests("PUT")).atMost(2))) {
      assertThat(store.putIfAbsent("segments/1", bytes("mine"))).isTrue();
      assertThat(cut.hits()).isEqualTo(2);
    }
  }

  @Test
  void aReadThatBreaksOffIsReadToItsEnd() throws Exception {
    LedgerStore store = open(Kind.S3);
    byte[] content = bytes("x".repeat(100_000));
    store.putIfAbsent("segments/1", content);
    try (InjectedFault shortBody = inject(Fault.shortBody(requests("GET"), 70_000).atMost(1))) {
      assertThat(store.read("segments/1")).contains(content);
      assertThat(shortBody.hits()).isEqualTo(1);
    }
  }

  @Test
  void onALocalDiskNothingButTheFilesIsLeft() throws IOException {
    LedgerStore store = open(Kind.LOCAL);
    store.putIfAbsent("segments/1", bytes("mine"));
    store.putIfAbsent("segments/1", bytes("another's"));

    try (Stream<Path> left = Files.walk(folder)) {
      assertThat(left.filter(Files::isRegularFile))
          .containsExactly(folder.resolve("ledger/segments/1"));
    }
  }

  @Test
  void aStoreThatWouldOverwriteIsRefused() {
    Configuration configuration = s3();
    configuration.set("fs.s3a.performance.flags", "delete, create");

    assertThatThrownBy(() -> HadoopLedgerStore.open("s3a://bucket/ledger", configuration))
        .isInstanceOf(LedgerException.class)
        .hasMessageContaining("s3a://bucket/ledger lets S3A overwrite what it should create");
  }

  @Test
  void aStoreThatCannotRefuseIsNoPlaceForALedger() {
    Configuration configuration = new Configuration(false);
    configuration.set("fs.viewfs.mounttable.default.link./x", folder.toUri().toString());

    assertThatThrownBy(() -> HadoopLedgerStore.open("viewfs:///x", configuration))
        .isInstanceOf(LedgerException.class)
        .hasMessageContaining("needs a store that refuses to create a file twice");
  }

  private LedgerStore open(Kind kind) throws IOException {
    return switch (kind) {
      case MEMORY -> new MemoryLedgerStore();
      case HDFS -> HadoopLedgerStore.open(TestHdfs.directory("ledger"), hdfs());
      case LOCAL ->
          HadoopLedgerStore.open(folder.resolve("ledger").toString(), new Configuration());
      case S3 -> {
        bucket = LocalStack.shared().createBucket("store");
        yield HadoopLedgerStore.open("s3://" + bucket + "/a/ledger", s3());
      }
    };
  }

  private RequestMatch requests(String method) {
    return RequestMatch.s3(method, bucket).withKeyPrefix("a/ledger/segments/");
  }

  private static InjectedFault inject(Fault fault) {
    return LocalStack.shared().inject(fault);
  }

  private static Ledger ledger(LedgerStore store) {
    return Ledger.takeOver(
        store,
        "s",
        LedgerSettings.defaults(),
        InstantSource.system(),
        new SnapshotPolicy(2, Long.MAX_VALUE),
        new InlineExecutor());
  }

  private static Configuration hdfs() {
    Configuration configuration = new Configuration();
    TestHdfs.CLIENT_SETTINGS.forEach(configuration::set);
    return configuration;
  }

  private static Configuration s3() {
    Configuration configuration = new Configuration();
    LocalStack.shared().hadoopConfiguration().forEach(configuration::set);
    return configuration;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }
}
