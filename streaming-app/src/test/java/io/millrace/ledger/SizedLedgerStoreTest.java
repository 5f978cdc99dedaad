package io.millrace.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SizedLedgerStoreTest {
  private final MemoryLedgerStore memory = new MemoryLedgerStore();

  @Test
  void whatIsThereAndWhatIsWrittenCountsByKind() throws IOException {
    for (String name :
        new String[] {
          LedgerNames.STREAM,
          LedgerNames.segment(1),
          LedgerNames.segment(2),
          LedgerNames.prepared(1, 1),
          LedgerNames.rejected(1, 1),
          LedgerNames.request(1),
          LedgerNames.answer(1),
          LedgerNames.snapshot(2),
          LedgerNames.workingSet(2, 0),
          LedgerNames.waiting(2, 0),
          LedgerNames.history(2, 1, 0),
          "probe/e0f1",
          "segments/.tmp-e0f1",
        }) {
      memory.putIfAbsent(name, new byte[10]);
    }
    try (SizedLedgerStore store = new SizedLedgerStore(memory, this::list)) {
      assertThat(store.bytes("segment")).isNaN();

      store.beginListing();
      await().until(() -> store.bytes("segment") == 20);
      store.putIfAbsent(LedgerNames.segment(3), new byte[7]);
      store.putIfAbsent(LedgerNames.segment(3), new byte[8]);

      Map<String, Double> sizes = new TreeMap<>();
      SizedLedgerStore.kinds().forEach(kind -> sizes.put(kind, store.bytes(kind)));
      assertThat(sizes).hasSize(LedgerFile.Kind.values().length).containsEntry("segment", 27.0);
      sizes.remove("segment");
      assertThat(sizes.values()).containsOnly(10.0);
    }
  }

  @Test
  void whatIsWrittenWhileTheListingRunsCountsOnceWhetherItIsListedOrNot() throws Exception {
    CountDownLatch written = new CountDownLatch(1);
    SizedLedgerStore.Listing listing =
        file -> {
          awaitLatch(written);
          file.accept(LedgerNames.segment(1), 10);
          file.accept(LedgerNames.segment(2), 7);
        };
    try (SizedLedgerStore store = new SizedLedgerStore(memory, listing)) {
      store.beginListing();
      store.putIfAbsent(LedgerNames.segment(2), new byte[7]);
      store.putIfAbsent(LedgerNames.segment(3), new byte[5]);
      written.countDown();

      await().until(() -> !Double.isNaN(store.bytes("segment")));
      assertThat(store.bytes("segment")).isEqualTo(22);
    }
  }

  @Test
  void aWriteWhoseReplyWasLostCountsOnce() throws IOException {
    try (SizedLedgerStore store = new SizedLedgerStore(memory, this::list)) {
      store.beginListing();
      await().until(() -> store.bytes("segment") == 0);
      memory.fail(
          new MemoryLedgerStore.Faults() {
            @Override
            public void afterPut(String name) throws IOException {
              throw new IOException("the reply is lost");
            }
          });
      assertThatThrownBy(() -> store.putIfAbsent(LedgerNames.segment(1), new byte[7]))
          .hasMessage("the reply is lost");
      memory.heal();
      store.putIfAbsent(LedgerNames.segment(1), new byte[7]);

      assertThat(store.bytes("segment")).isEqualTo(7);
    }
  }

  @Test
  void whereTheListingFailsTheSizeStaysUnknownAndTheLedgerWorks() throws Exception {
    CountDownLatch failed = new CountDownLatch(1);
    SizedLedgerStore.Listing listing =
        file -> {
          failed.countDown();
          throw new IOException("access denied");
        };
    try (SizedLedgerStore store = new SizedLedgerStore(memory, listing)) {
      store.beginListing();
      awaitLatch(failed);

      assertThat(store.putIfAbsent(LedgerNames.segment(1), new byte[7])).isTrue();
      assertThat(store.read(LedgerNames.segment(1))).isPresent();
      assertThat(store.bytes("segment")).isNaN();
    }
  }

  @Test
  void aDirectoryOnDiskTellsItsFilesByTheirNames(@TempDir Path folder) throws IOException {
    HadoopLedgerStore files = HadoopLedgerStore.open(folder.toString(), new Configuration(false));
    files.putIfAbsent(LedgerNames.STREAM, new byte[3]);
    files.putIfAbsent(LedgerNames.segment(1), new byte[4]);

    Map<String, Long> told = new TreeMap<>();
    files.forEachFile(told::put);

    assertThat(told).isEqualTo(Map.of("stream", 3L, "segments/000000000001", 4L));
  }

  private void list(java.util.function.ObjLongConsumer<String> file) {
    memory.files().forEach((name, content) -> file.accept(name, content.length));
  }

  private static void awaitLatch(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
