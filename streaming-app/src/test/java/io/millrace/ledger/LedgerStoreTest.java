package io.millrace.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.localstack.LocalStack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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

/** What every store of ledger files must hold. */
class LedgerStoreTest {
  private static final int WRITERS = 16;

  @TempDir Path folder;
  private final ExecutorService threads = Executors.newFixedThreadPool(WRITERS);

  enum Kind {
    S3,
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
      case LOCAL ->
          HadoopLedgerStore.open(folder.resolve("ledger").toString(), new Configuration());
      case S3 ->
          HadoopLedgerStore.open(
              "s3://" + LocalStack.shared().createBucket("store") + "/a/ledger", s3());
    };
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
