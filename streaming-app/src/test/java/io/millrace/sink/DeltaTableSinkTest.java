package io.millrace.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.delta.tables.DeltaTable;
import io.millrace.ledger.CommittedOffset;
import io.millrace.ledger.OutputFile;
import io.millrace.localstack.LocalStack;
import io.millrace.testing.TestSpark;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Date;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.delta.DeltaLog;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeltaTableSinkTest {
  private static final StructType SCHEMA =
      StructType.fromDDL("id STRING, _ordinal BIGINT, date DATE, hour INT");
  private static final StreamId STREAM = new StreamId("clicks", new UUID(1, 2));

  @TempDir Path folder;
  private final SparkSession spark = TestSpark.session();
  private TableSpec spec;

  @BeforeEach
  void nameTable() {
    spec = new TableSpec(folder.resolve("table").toString(), SCHEMA, List.of("date", "hour"));
  }

  @Test
  void anEmptyTableHasSeenNoBatch() throws IOException {
    assertThat(open().committed()).isEqualTo(CommittedOffset.NONE);
  }

  @Test
  void aTableThatWasBegunAndHasNoVersionIsMade() throws IOException {
    Path log = Files.createDirectories(folder.resolve("table/_delta_log"));
    assertThat(open().committed()).isEqualTo(CommittedOffset.NONE);
    assertThat(log.resolve("00000000000000000000.json")).exists();
  }

  @Test
  void aTableOfWhichOnlyATemporaryFileWasWrittenIsMade() throws IOException {
    Path log = Files.createDirectories(folder.resolve("table/_delta_log"));
    Files.writeString(log.resolve(".00000000000000000000.json.1.tmp"), "{");
    Files.createDirectory(log.resolve("_commits")); // Delta makes it first
    assertThat(open().committed()).isEqualTo(CommittedOffset.NONE);
    assertThat(log.resolve("00000000000000000000.json")).exists();
  }

  @Test
  void rowsAndCommittedOffsetAppearTogether() throws IOException {
    DeltaTableSink sink = open();

    List<OutputFile> files = sink.write(rows("a:1", "b:1", "c:2"));
    assertThat(ids()).isEmpty();
    assertThat(files).allSatisfy(file -> assertThat(file.partitionValues()).hasSize(2));
    assertThat(files.stream().mapToLong(OutputFile::records).sum()).isEqualTo(3);

    sink.commit(step(CommittedOffset.NONE, at(2, 1), files));
    assertThat(ids()).containsExactly("a", "b", "c");
    assertThat(open().committed()).isEqualTo(at(2, 1));
  }

  @Test
  void aCommitThatHadLandedIsNotRepeated() throws IOException {
    DeltaTableSink sink = open();
    TableCommit step = step(CommittedOffset.NONE, at(1, 1), sink.write(rows("a:1")));

    sink.commit(step);
    sink.commit(step);

    assertThat(ids()).containsExactly("a");
  }

  @Test
  void toCommitAndToAskForTheOffsetTakesNoJobThatReadsTheTable() throws Exception {
    DeltaTableSink sink = open();
    sink.commit(step(CommittedOffset.NONE, at(1, 1), sink.write(rows("a:1"))));
    List<OutputFile> files = sink.write(rows("b:2"));

    List<String> jobs =
        jobsOf(
            () -> {
              sink.commit(step(at(1, 1), at(2, 1), files));
              sink.requireReplaceable();
              assertThat(sink.committed()).isEqualTo(at(2, 1));
              assertThat(open().committed()).isEqualTo(at(2, 1));
              return null;
            });

    assertThat(jobs).isEmpty();
    assertThat(ids()).containsExactly("a", "b");
  }

  @Test
  void aVersionWithoutItsChecksumFileTellsTheOffsetToo() throws IOException {
    DeltaTableSink sink = open();
    sink.commit(step(CommittedOffset.NONE, at(1, 1), sink.write(rows("a:1"))));
    deleteChecksums();

    assertThat(open().committed()).isEqualTo(at(1, 1));
    TableCommit step = step(at(1, 1), at(2, 1), sink.write(rows("b:2")));
    open().commit(step);
    open().commit(step);
    assertThat(ids()).containsExactly("a", "b");
  }

  @Test
  void aChecksumFileWhoseVersionWasTakenOutOfTheLogIsNotBelieved() throws IOException {
    open().commit(step(CommittedOffset.NONE, at(1, 1), open().write(rows("a:1"))));
    open().commit(step(at(1, 1), at(2, 1), open().write(rows("lost:2"))));
    takeOutVersion2();
    commitElsewhere();

    assertThatThrownBy(this::open)
        .isInstanceOf(SinkException.class)
        .hasMessageContaining("the checksum file of version 2")
        .hasMessageEndingWith("delete all .crc files there, which costs nothing, and start again");

    deleteChecksums();
    assertThat(open().committed()).isEqualTo(at(1, 1));
  }

  @Test
  void aChecksumFileThatWaitsForItsVersionIsNotBelieved() throws IOException {
    open().commit(step(CommittedOffset.NONE, at(1, 1), open().write(rows("a:1"))));
    open().commit(step(at(1, 1), at(2, 1), open().write(rows("lost:2"))));
    takeOutVersion2();

    assertThatThrownBy(this::open)
        .isInstanceOf(SinkException.class)
        .hasMessageContaining("the checksum file of version 2");
  }

  @Test
  void thatAStepHasLandedIsBelievedOfTheLogOnly() throws IOException {
    DeltaTableSink sink = open();
    sink.commit(step(CommittedOffset.NONE, at(1, 1), sink.write(rows("a:1"))));
    List<OutputFile> files = sink.write(rows("b:2"));
    sink.commit(step(at(1, 1), at(2, 1), files));
    takeOutVersion2();
    commitElsewhere();
    commitElsewhere();

    sink.commit(step(at(1, 1), at(2, 1), files));

    assertThat(ids()).containsExactly("a", "b");
  }

  @Test
  void aChecksumFileThatWasBuiltOnAWrongOneIsNotBelieved() throws IOException {
    open().commit(step(CommittedOffset.NONE, at(1, 1), open().write(rows("a:1"))));
    open().commit(step(at(1, 1), at(2, 1), open().write(rows("lost:2"))));
    takeOutVersion2();
    commitElsewhere();
    commitElsewhere();

    assertThatThrownBy(this::open)
        .isInstanceOf(SinkException.class)
        .hasMessageContaining("the checksum file of version 3");

    deleteChecksums();
    assertThat(open().committed()).isEqualTo(at(1, 1));
  }

  private void takeOutVersion2() throws IOException {
    String name = "00000000000000000002.json";
    Path log = folder.resolve("table/_delta_log");
    Files.delete(log.resolve(name));
    Files.delete(log.resolve("." + name + ".crc")); // of Hadoop's file system
    DeltaLog.clearCache();
  }

  /** As a process does that starts, commits and ends. */
  private void commitElsewhere() {
    spark.sql("ALTER TABLE delta.`%s` SET TBLPROPERTIES ('mine' = '1')".formatted(spec.path()));
    DeltaLog.clearCache();
  }

  /** The log's, and what this process remembers of it. */
  private void deleteChecksums() throws IOException {
    try (Stream<Path> log = Files.list(folder.resolve("table/_delta_log"))) {
      for (Path checksums : log.filter(file -> file.toString().endsWith(".crc")).toList()) {
        Files.delete(checksums);
      }
    }
    DeltaLog.clearCache();
  }

  /** The names of Spark's jobs, of all that ran meanwhile. */
  private List<String> jobsOf(Callable<?> action) throws Exception {
    List<String> jobs = new CopyOnWriteArrayList<>();
    SparkListener listener =
        new SparkListener() {
          @Override
          public void onJobStart(SparkListenerJobStart job) {
            jobs.add(job.stageInfos().head().name());
          }
        };
    spark.sparkContext().addSparkListener(listener);
    try {
      action.call();
      spark.sparkContext().listenerBus().waitUntilEmpty();
    } finally {
      spark.sparkContext().removeSparkListener(listener);
    }
    return jobs;
  }

  @Test
  void aTableThatIsElsewhereIsNotTouched() throws IOException {
    DeltaTableSink sink = open();
    sink.commit(step(CommittedOffset.NONE, at(5, 1), List.of()));

    assertThatThrownBy(() -> sink.commit(step(at(3, 1), at(4, 1), sink.write(rows("late:4")))))
        .isInstanceOf(OffsetMismatchException.class)
        .hasMessageContaining("ordinal=5");
    assertThat(ids()).isEmpty();
  }

  @Test
  void theAttemptMayFallFromOneBatchToTheNext() throws IOException {
    DeltaTableSink sink = open();
    sink.commit(step(CommittedOffset.NONE, at(2, 3), List.of()));
    sink.commit(step(at(2, 3), at(4, 1), List.of()));

    assertThat(open().committed()).isEqualTo(at(4, 1));
  }

  @Test
  void aLaterAttemptTakesTheEarlierOnesRowsOut() throws IOException {
    DeltaTableSink sink = open();
    sink.commit(step(CommittedOffset.NONE, at(2, 1), sink.write(rows("old:1", "old:2"))));

    sink.commit(new TableCommit(at(2, 1), at(2, 2), sink.write(rows("new:1")), List.of(1L, 2L)));

    assertThat(ids()).containsExactly("new");
    assertThat(open().committed()).isEqualTo(at(2, 2));
  }

  @Test
  void onceALaterAttemptIsAnnouncedAnEarlierOneCantBeCommitted() throws IOException {
    DeltaTableSink sink = open();
    DeltaTableSink woken = open();
    TableCommit first = step(CommittedOffset.NONE, at(2, 1), woken.write(rows("first:1")));
    TableCommit second = step(CommittedOffset.NONE, at(2, 2), sink.write(rows("second:1")));

    sink.announce(second);
    sink.announce(second);

    assertThatThrownBy(() -> woken.commit(first))
        .isInstanceOf(OffsetMismatchException.class)
        .hasMessageContaining("attempt 2 was announced");
    assertThatThrownBy(() -> woken.announce(first)).isInstanceOf(OffsetMismatchException.class);
    sink.commit(second);
    sink.announce(second);
    assertThat(ids()).containsExactly("second");
    sink.requireReplaceable();
    sink.commit(step(at(2, 2), at(3, 1), List.of()));
    assertThat(open().committed()).isEqualTo(at(3, 1));
  }

  @Test
  void replacedRowsAreFoundWhereverOptimizeHasPutThem() throws IOException {
    DeltaTableSink sink = open();
    sink.commit(step(CommittedOffset.NONE, at(1, 1), sink.write(rows("a:1"))));
    sink.commit(step(at(1, 1), at(2, 1), sink.write(rows("b:2"))));
    sink.commit(step(at(2, 1), at(3, 1), sink.write(rows("c:3"))));
    DeltaTable.forPath(spark, spec.path()).optimize().executeCompaction();

    sink.commit(new TableCommit(at(3, 1), at(4, 1), sink.write(rows("b2:4")), List.of(2L)));

    assertThat(ids()).containsExactly("a", "b2", "c");
  }

  @Test
  void noFileIsTouchedThatHoldsNoReplacedRow() throws IOException {
    DeltaTableSink sink = open();
    List<OutputFile> files = new ArrayList<>();
    for (int ordinal = 1; ordinal <= 12; ordinal++) {
      files.addAll(sink.write(rows("r" + ordinal + ":" + ordinal)));
    }
    files.addAll(sink.write(rows("mixed20:20", "mixed22:22").coalesce(1)));
    files.addAll(sink.write(rows("beside30:30", "beside40:40").coalesce(1)));
    sink.commit(step(CommittedOffset.NONE, at(40, 1), files));
    Set<String> before = livePaths();
    assertThat(before).hasSize(14);

    sink.commit(
        new TableCommit(at(40, 1), at(41, 1), sink.write(rows("new:41")), List.of(1L, 12L, 22L)));

    Set<String> kept = new HashSet<>(livePaths());
    kept.retainAll(before);
    assertThat(kept).as("all but those of 1, of 12, and of 20 and 22").hasSize(11);
    assertThat(ids())
        .contains("mixed20", "beside30", "beside40", "new")
        .doesNotContain("r1", "r12", "mixed22")
        .hasSize(14);
    assertThat(livePaths()).as("those kept, the new one, and 20 without 22").hasSize(13);
  }

  @Test
  void vacuumRemovesInS3WhatNoVersionNames() throws IOException {
    String bucket = LocalStack.shared().createBucket("lake");
    spec = new TableSpec("s3://" + bucket + "/t", SCHEMA, List.of("date", "hour"));
    DeltaTableSink sink = open();
    List<OutputFile> orphans = sink.write(rows("orphan:1"));
    sink.commit(step(CommittedOffset.NONE, at(1, 1), sink.write(rows("kept:1"))));
    assertThat(orphans).hasSize(1);
    String check = "spark.databricks.delta.retentionDurationCheck.enabled";
    spark.conf().set(check, "false");
    try {
      DeltaTable.forPath(spark, spec.path()).vacuum(0);
    } finally {
      spark.conf().unset(check);
    }

    org.apache.hadoop.fs.Path orphan =
        new org.apache.hadoop.fs.Path(spec.path() + "/" + orphans.get(0).path());
    assertThat(orphan.getFileSystem(spark.sessionState().newHadoopConf()).exists(orphan)).isFalse();
    assertThat(ids()).containsExactly("kept");
  }

  private Set<String> livePaths() {
    return Set.of(spark.read().format("delta").load(spec.path()).inputFiles());
  }

  @Test
  void streamsThatShareATableDoNotSeeEachOthersOffsets() throws IOException {
    DeltaTableSink mine = open();
    DeltaTableSink other =
        DeltaTableSink.openOrCreate(spark, spec, new StreamId("other", new UUID(3, 4)));

    mine.commit(step(CommittedOffset.NONE, at(7, 1), mine.write(rows("m:7"))));
    other.commit(step(CommittedOffset.NONE, at(2, 1), other.write(rows("o:2"))));

    assertThat(mine.committed()).isEqualTo(at(7, 1));
    assertThat(other.committed()).isEqualTo(at(2, 1));
    assertThat(ids()).containsExactly("m", "o");
  }

  @Test
  void rowsAreNotReplacedWhereAnotherStreamHasRowsOfTheSameOrdinals() throws IOException {
    DeltaTableSink mine = open();
    mine.commit(step(CommittedOffset.NONE, at(1, 1), mine.write(rows("m:1"))));
    mine.requireReplaceable();
    DeltaTableSink other =
        DeltaTableSink.openOrCreate(spark, spec, new StreamId("other", new UUID(3, 4)));
    other.commit(step(CommittedOffset.NONE, at(1, 1), other.write(rows("o:1"))));

    TableCommit replacing =
        new TableCommit(at(1, 1), at(2, 1), mine.write(rows("m2:2")), List.of(1L));
    assertThatThrownBy(() -> mine.commit(replacing))
        .isInstanceOf(SinkException.class)
        .hasMessageContaining("has rows of another stream or ledger too (millrace/other/")
        .hasMessageContaining("Give each stream a table of its own");
    assertThatThrownBy(mine::requireReplaceable).isInstanceOf(SinkException.class);
    assertThat(ids()).containsExactly("m", "o");
  }

  @Test
  void ofDriversThatCommitOneStepInS3OneSucceeds() throws Exception {
    spec =
        new TableSpec(
            "s3://" + LocalStack.shared().createBucket("lake") + "/t",
            SCHEMA,
            List.of("date", "hour"));
    open();
    int drivers = 4;
    ExecutorService threads = Executors.newFixedThreadPool(drivers);
    List<Callable<Boolean>> commits = new ArrayList<>();
    for (int driver = 0; driver < drivers; driver++) {
      DeltaTableSink sink = open();
      CommittedOffset next = at(1, driver + 1);
      List<OutputFile> files = sink.write(rows("driver" + driver + ":1"));
      commits.add(
          () -> {
            try {
              sink.commit(step(CommittedOffset.NONE, next, files));
              return true;
            } catch (OffsetMismatchException e) {
              return false;
            }
          });
    }
    int landed = 0;
    for (Future<Boolean> commit : threads.invokeAll(commits)) {
      landed += commit.get() ? 1 : 0;
    }
    threads.shutdown();

    assertThat(landed).isEqualTo(1);
    assertThat(ids()).hasSize(1);
  }

  @Test
  void vanishedFilesAreNoticedBeforeTheyAreCommitted() throws IOException {
    DeltaTableSink sink = open();
    List<OutputFile> files = sink.write(rows("a:1"));
    sink.verify(files);
    Files.delete(folder.resolve("table").resolve(URI.create(files.get(0).path()).getPath()));

    assertThatThrownBy(() -> sink.verify(files))
        .isInstanceOf(FilesVanishedException.class)
        .hasMessageEndingWith("was written, and is gone");
  }

  @Test
  void aTableThatDoesNotFitIsRefusedWithTheDifference() throws IOException {
    open();
    TableSpec other =
        new TableSpec(
            spec.path(),
            StructType.fromDDL("id BIGINT, _ordinal BIGINT, date DATE, hour INT"),
            List.of("date", "hour"));

    assertThatThrownBy(() -> DeltaTableSink.openOrCreate(spark, other, STREAM))
        .isInstanceOf(SinkException.class)
        .hasMessageContaining("its column id is STRING, not BIGINT");
  }

  @Test
  void aColumnAddedMeanwhileStopsTheCommit() throws IOException {
    DeltaTableSink sink = open();
    List<OutputFile> files = sink.write(rows("a:1"));
    spark.sql("ALTER TABLE delta.`" + spec.path() + "` ADD COLUMNS (more STRING)");

    assertThatThrownBy(() -> sink.commit(step(CommittedOffset.NONE, at(1, 1), files)))
        .isInstanceOf(TableChangedException.class)
        .hasMessageContaining("it has a column more too");
  }

  @Test
  void aTableThatWouldForgetTheOffsetIsRefused() throws IOException {
    DeltaTableSink sink = open();
    spark.sql(
        "ALTER TABLE delta.`%s` SET TBLPROPERTIES ('delta.setTransactionRetentionDuration'='interval 1 day')"
            .formatted(spec.path()));

    assertThatThrownBy(sink::committed)
        .isInstanceOf(SinkException.class)
        .hasMessageContaining("would let it forget how far the stream is");
  }

  private DeltaTableSink open() throws IOException {
    return DeltaTableSink.openOrCreate(spark, spec, STREAM);
  }

  private static TableCommit step(
      CommittedOffset from, CommittedOffset to, List<OutputFile> files) {
    return new TableCommit(from, to, files, List.of());
  }

  private static CommittedOffset at(long ordinal, int attempt) {
    return new CommittedOffset(ordinal, attempt);
  }

  /** Rows of {@code id:ordinal}. */
  private Dataset<Row> rows(String... rows) {
    List<Row> all = new ArrayList<>();
    for (String row : rows) {
      String[] parts = row.split(":", 2);
      all.add(RowFactory.create(parts[0], Long.valueOf(parts[1]), Date.valueOf("2026-11-01"), 7));
    }
    return spark.createDataFrame(all, SCHEMA);
  }

  private List<String> ids() {
    return spark.read().format("delta").load(spec.path()).select("id").collectAsList().stream()
        .map(row -> row.getString(0))
        .sorted()
        .toList();
  }
}
