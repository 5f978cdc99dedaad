package io.millrace.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.ledger.CommittedOffset;
import io.millrace.ledger.OutputFile;
import io.millrace.output.BatchName;
import io.millrace.output.DataFile;
import io.millrace.output.FileNames;
import io.millrace.output.PendingFiles;
import io.millrace.output.PendingStores;
import io.millrace.testing.DataFrames;
import io.millrace.testing.TestSpark;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.sql.Date;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a directory of Parquet files does, wherever it is. */
abstract class ParquetDirectoryContract {
  static final StructType SCHEMA =
      StructType.fromDDL("id STRING, _ordinal BIGINT, date DATE, hour INT");
  static final StreamId STREAM = new StreamId("clicks", new UUID(1, 2));
  static final Duration ABANDONED_AFTER = Duration.ofHours(1);

  final SparkSession spark = TestSpark.session();
  final Configuration hadoop = spark.sessionState().newHadoopConf();
  TableSpec spec = new TableSpec("none", SCHEMA, List.of());

  /** An empty place for a table. */
  abstract String place() throws IOException;

  /** How many files are pending anywhere below the table. */
  abstract int pendingFiles() throws IOException;

  @BeforeEach
  void nameTable() throws IOException {
    spec = new TableSpec(place(), SCHEMA, List.of("date", "hour"));
  }

  @Test
  void rowsAppearAtTheCommitUnderNamesOfOrdinalsAndStream() throws IOException {
    ParquetDirectorySink sink = open();
    assertThat(sink.committed()).isEqualTo(CommittedOffset.NONE);
    sink.begin(new BatchName(1, 2, 1));

    List<OutputFile> files = sink.write(rows("a:1", "b:1", "c:2"));
    assertThat(visible()).isEmpty();
    assertThat(files.stream().mapToLong(OutputFile::records).sum()).isEqualTo(3);
    sink.verify(files);

    sink.commit(step(CommittedOffset.NONE, at(2, 1), files));
    assertThat(visible())
        .isNotEmpty()
        .allMatch(
            path ->
                path.matches(
                    "date=2026-11-01/hour=7/part-000000000001-000000000002\\.1-[0-9]{5}-"
                        + "00000000-0000-0001-0000-000000000002\\.parquet"));
    DataFrames.assertSame(rows("a:1", "b:1", "c:2"), spark.read().parquet(spec.path()));
    assertThat(open().committed()).isEqualTo(at(2, 1));
    assertThat(pendingFiles()).isZero();
  }

  @Test
  void everyRowLiesBelowItsPartition() throws IOException {
    ParquetDirectorySink sink = open();
    sink.begin(new BatchName(1, 1, 1));
    Dataset<Row> rows =
        spark.sql(
            "SELECT CAST(id AS STRING) AS id, id AS _ordinal,"
                + " DATE'2026-11-01' + CAST(id % 3 AS INT) AS date, CAST(id % 5 AS INT) AS hour"
                + " FROM range(0, 100, 1, 3)");

    sink.commit(step(CommittedOffset.NONE, at(1, 1), sink.write(rows)));

    DataFrames.assertSame(rows, spark.read().parquet(spec.path()));
    assertThat(spark.read().parquet(spec.path()).where("date = '2026-11-02' AND hour = 4").count())
        .isEqualTo(rows.where("date = '2026-11-02' AND hour = 4").count());
  }

  @Test
  void aCommitThatHadLandedIsNotRepeated() throws IOException {
    ParquetDirectorySink sink = open();
    TableCommit step = step(CommittedOffset.NONE, at(1, 1), written(sink, 1, 1, "a", "b"));

    sink.commit(step);
    sink.commit(step);
    open().commit(step);

    assertThat(ids()).containsExactly("a", "b");
  }

  @Test
  void aBatchThatIsHalfVisibleIsCompleted() throws IOException {
    ParquetDirectorySink sink = open();
    List<OutputFile> files = written(sink, 1, 1, "a", "b", "c");
    pending().publish(files.get(1));
    assertThat(ids()).containsExactly("b");

    ParquetDirectorySink later = open();
    later.sweep(files);
    later.verify(files);
    later.commit(step(CommittedOffset.NONE, at(1, 1), files));

    assertThat(ids()).containsExactly("a", "b", "c");
  }

  @Test
  void twoThatPublishTheSameBatchAtOncePublishItOnce() throws Exception {
    CommittedOffset from = CommittedOffset.NONE;
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      List<String> expected = new ArrayList<>();
      for (int batch = 1; batch <= 5; batch++) {
        String[] ids = {"a" + batch, "b" + batch, "c" + batch, "d" + batch};
        expected.addAll(List.of(ids));
        List<OutputFile> files = written(open(), batch, 1, ids);
        TableCommit step = step(from, at(batch, 1), files);
        List<Callable<Void>> twins = new ArrayList<>();
        for (int twin = 0; twin < 2; twin++) {
          ParquetDirectorySink sink = open();
          twins.add(
              () -> {
                sink.commit(step);
                return null;
              });
        }
        for (Future<Void> twin : threads.invokeAll(twins)) {
          twin.get();
        }
        from = step.next();
      }
      assertThat(ids()).containsExactlyInAnyOrderElementsOf(expected);
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void aDirectoryThatIsElsewhereIsNotTouched() throws IOException {
    ParquetDirectorySink sink = open();
    sink.commit(step(CommittedOffset.NONE, at(5, 1), List.of()));
    List<OutputFile> late = written(sink, 4, 1, "late");

    assertThatThrownBy(() -> sink.commit(step(at(3, 1), at(4, 1), late)))
        .isInstanceOf(OffsetMismatchException.class)
        .hasMessageContaining("ordinal=5");
    assertThat(ids()).isEmpty();
  }

  @Test
  void aLaterAttemptRemovesWhatTheEarlierOneHasShown() throws IOException {
    ParquetDirectorySink sink = open();
    List<OutputFile> old = written(sink, 1, 1, "a", "b");
    pending().publish(old.get(0));
    pending().takeBack(old.get(1));
    assertThatThrownBy(() -> sink.verify(old))
        .isInstanceOf(FilesVanishedException.class)
        .hasMessageContaining(old.get(1).path());
    assertThatThrownBy(() -> sink.commit(step(CommittedOffset.NONE, at(1, 1), old)))
        .isInstanceOf(FilesVanishedException.class);
    List<OutputFile> fresh = written(sink, 1, 2, "a", "b");

    sink.commit(new TableCommit(CommittedOffset.NONE, at(1, 2), fresh, List.of(), old));

    assertThat(ids()).containsExactly("a", "b");
    assertThat(open().committed()).isEqualTo(at(1, 2));
    assertThatThrownBy(() -> open().commit(step(CommittedOffset.NONE, at(1, 1), old)))
        .isInstanceOf(OffsetMismatchException.class);
  }

  @Test
  void anAttemptThatALaterOneHasReplacedIsNotPublished() throws IOException {
    List<OutputFile> old = written(open(), 1, 1, "old");
    ParquetDirectorySink young = open();
    List<OutputFile> gone = written(young, 1, 2, "young");
    pending().takeBack(gone.get(0));
    assertThatThrownBy(() -> young.commit(step(CommittedOffset.NONE, at(1, 2), gone)))
        .isInstanceOf(FilesVanishedException.class);

    assertThatThrownBy(() -> open().commit(step(CommittedOffset.NONE, at(1, 1), old)))
        .isInstanceOf(OffsetMismatchException.class);
    assertThat(ids()).isEmpty();
  }

  @Test
  void whatAFailedAttemptLeftIsTakenBack() throws IOException {
    ParquetDirectorySink sink = open();
    written(sink, 1, 1, "a", "b");
    written(sink, 2, 1, "c");
    try (DataFile unfinished = file(sink, 1, 1, 7)) {
      unfinished.write(new byte[100]);
      sink.abandon(new BatchName(1, 1, 1));
    }

    assertThat(pendingFiles()).isEqualTo(1);
    assertThat(ids()).isEmpty();
  }

  @Test
  void aStartSweepsWhatIsOldUnlessAPreparedRecordNamesIt() throws IOException {
    ParquetDirectorySink sink = open();
    List<OutputFile> named = written(sink, 1, 1, "a");
    written(sink, 1, 1, "b");

    open().sweep(named);
    assertThat(pendingFiles()).as("young").isEqualTo(2);
    openAt(Instant.now().plus(ABANDONED_AFTER).plusSeconds(60)).sweep(named);
    assertThat(pendingFiles()).as("old").isEqualTo(1);

    sink.commit(step(CommittedOffset.NONE, at(1, 1), named));
    assertThat(ids()).containsExactly("a");
  }

  @Test
  void whatTasksOfACommittedBatchLeftIsTakenBackWithItsCommit() throws IOException {
    ParquetDirectorySink sink = open();
    List<OutputFile> files = written(sink, 1, 1, "a");
    written(sink, 1, 1, "twin");

    sink.commit(step(CommittedOffset.NONE, at(1, 1), files));

    assertThat(pendingFiles()).isZero();
    assertThat(ids()).containsExactly("a");
  }

  @Test
  void nothingHalfWrittenIsEverListed() throws Exception {
    ParquetDirectorySink sink = open();
    AtomicBoolean done = new AtomicBoolean();
    ExecutorService reader = Executors.newSingleThreadExecutor();
    try {
      Future<Integer> looks =
          reader.submit(
              () -> {
                int rounds = 0;
                for (boolean last = false; !last; rounds++) {
                  last = done.get();
                  assertWhole();
                }
                return rounds;
              });
      CommittedOffset from = CommittedOffset.NONE;
      for (int batch = 1; batch <= 8; batch++) {
        String[] ids = new String[12];
        for (int i = 0; i < ids.length; i++) {
          ids[i] = batch + "/" + i + "x".repeat(20_000);
        }
        sink.commit(step(from, at(batch, 1), written(sink, batch, 1, ids)));
        from = at(batch, 1);
      }
      done.set(true);
      assertThat(looks.get()).isGreaterThan(1);
      assertThat(visible()).hasSize(96);
    } finally {
      reader.shutdownNow();
    }
  }

  @Test
  void streamsThatShareADirectoryDoNotSeeEachOthersOffsetsOrFiles() throws IOException {
    ParquetDirectorySink mine = open();
    ParquetDirectorySink other = open(new StreamId("other", new UUID(3, 4)));
    List<OutputFile> pendingOfOther = written(other, 1, 1, "o");

    mine.commit(step(CommittedOffset.NONE, at(7, 1), written(mine, 7, 1, "m")));
    other.commit(step(CommittedOffset.NONE, at(1, 1), pendingOfOther));

    assertThat(open().committed()).isEqualTo(at(7, 1));
    assertThat(other.committed()).isEqualTo(at(1, 1));
    assertThat(ids()).containsExactly("m", "o");
  }

  @Test
  void aStreamThatWasBegunAnewIsRefused() throws IOException {
    open();

    assertThatThrownBy(() -> open(new StreamId("clicks", new UUID(3, 4))))
        .isInstanceOf(SinkException.class)
        .hasMessageContaining("has rows of stream clicks from another ledger")
        .hasMessageContaining("give the stream an empty directory");
  }

  @Test
  void aDirectoryWithOtherFilesIsRefused() throws IOException {
    put("data.csv");
    assertThatThrownBy(this::open)
        .isInstanceOf(SinkException.class)
        .hasMessageContaining("has data.csv, which no stream of Millrace has put there");
  }

  @Test
  void filesThatAreNotOursBesideOursAreRefused() throws IOException {
    open();
    put("_SUCCESS");
    open();
    put("more.parquet");
    assertThatThrownBy(this::open)
        .isInstanceOf(SinkException.class)
        .hasMessageContaining("has more.parquet");
  }

  @Test
  void aDeltaTableIsRefused() throws IOException {
    put("_delta_log/00000000000000000000.json");
    assertThatThrownBy(() -> ParquetDirectory.check(spec, hadoop))
        .isInstanceOf(SinkException.class)
        .hasMessageContaining("is a Delta table")
        .hasMessageContaining("Set table.format to delta");
  }

  @Test
  void otherColumnsAreRefusedWithTheRemedy() throws IOException {
    assertThat(ParquetDirectory.check(spec, hadoop)).isFalse();
    open();
    assertThat(ParquetDirectory.check(spec, hadoop)).isTrue();

    TableSpec other =
        new TableSpec(
            spec.path(),
            StructType.fromDDL("id BIGINT, _ordinal BIGINT, date DATE, hour INT"),
            List.of("date", "hour"));
    assertThatThrownBy(() -> ParquetDirectory.check(other, hadoop))
        .isInstanceOf(SinkException.class)
        .hasMessageContaining("its column id is STRING, not BIGINT")
        .hasMessageContaining("set schema, projection and table.* back");
  }

  @Test
  void rowsAreNeverReplaced() throws IOException {
    ParquetDirectorySink sink = open();
    assertThatThrownBy(
            () ->
                sink.commit(
                    new TableCommit(CommittedOffset.NONE, at(2, 1), List.of(), List.of(1L))))
        .isInstanceOf(SinkException.class)
        .hasMessageContaining("can't be replaced");
  }

  final ParquetDirectorySink open() throws IOException {
    return open(STREAM);
  }

  final ParquetDirectorySink open(StreamId stream) throws IOException {
    return ParquetDirectory.openOrCreate(
        spec, stream, hadoop, ABANDONED_AFTER, InstantSource.system());
  }

  private ParquetDirectorySink openAt(Instant instant) throws IOException {
    return ParquetDirectory.openOrCreate(
        spec, STREAM, hadoop, ABANDONED_AFTER, InstantSource.fixed(instant));
  }

  final PendingFiles pending() throws IOException {
    return PendingStores.open(spec.path(), hadoop, new FileNames(STREAM.ledger()));
  }

  /** A file for each id, of the batch of that one ordinal. */
  final List<OutputFile> written(
      ParquetDirectorySink sink, long ordinal, int attempt, String... ids) throws IOException {
    sink.begin(new BatchName(ordinal, ordinal, attempt));
    String[] rows = new String[ids.length];
    for (int i = 0; i < ids.length; i++) {
      rows[i] = ids[i] + ":" + ordinal;
    }
    Dataset<Row> apart =
        spark.createDataFrame(
            new JavaSparkContext(spark.sparkContext())
                .parallelize(rows(rows).collectAsList(), ids.length),
            SCHEMA);
    List<OutputFile> files = sink.write(apart);
    assertThat(files).hasSize(ids.length);
    return files;
  }

  private DataFile file(ParquetDirectorySink sink, long ordinal, int attempt, int number)
      throws IOException {
    sink.begin(new BatchName(ordinal, ordinal, attempt));
    Map<String, String> values = new LinkedHashMap<>();
    values.put("date", "2026-11-01");
    values.put("hour", "7");
    return sink.dataFiles().create(values, number);
  }

  static TableCommit step(CommittedOffset from, CommittedOffset to, List<OutputFile> files) {
    return new TableCommit(from, to, files, List.of());
  }

  static CommittedOffset at(long ordinal, int attempt) {
    return new CommittedOffset(ordinal, attempt);
  }

  /** Rows of {@code id:ordinal}. */
  final Dataset<Row> rows(String... rows) {
    List<Row> all = new ArrayList<>();
    for (String row : rows) {
      String[] parts = row.split(":", 2);
      all.add(RowFactory.create(parts[0], Long.valueOf(parts[1]), Date.valueOf("2026-11-01"), 7));
    }
    return spark.createDataFrame(all, SCHEMA);
  }

  final List<String> ids() throws IOException {
    if (visible().isEmpty()) {
      return List.of(); // Spark finds no schema there
    }
    return spark.read().parquet(spec.path()).select("id").collectAsList().stream()
        .map(row -> row.getString(0))
        .sorted()
        .toList();
  }

  /** Every file that a reader takes for data, wherever it is below the table. */
  final List<String> visible() throws IOException {
    Path root = new Path(spec.path());
    String prefix = root.getFileSystem(hadoop).makeQualified(root) + "/";
    return visibleFiles().stream()
        .map(file -> file.getPath().toString().substring(prefix.length()))
        .toList();
  }

  private List<FileStatus> visibleFiles() throws IOException {
    Path root = new Path(spec.path());
    List<FileStatus> found = new ArrayList<>();
    collect(root.getFileSystem(hadoop), root, found);
    return found;
  }

  /** Hidden directories too, for not every reader skips them. */
  private static void collect(FileSystem files, Path directory, List<FileStatus> found)
      throws IOException {
    FileStatus[] all;
    try {
      all = files.listStatus(directory);
    } catch (FileNotFoundException e) {
      return;
    }
    for (FileStatus status : all) {
      if (status.isDirectory()) {
        collect(files, status.getPath(), found);
      } else if (status.getPath().getName().endsWith(".parquet")) {
        found.add(status);
      }
    }
  }

  private void assertWhole() throws IOException {
    for (FileStatus file : visibleFiles()) {
      byte[] end = new byte[4];
      try (FSDataInputStream in = file.getPath().getFileSystem(hadoop).open(file.getPath())) {
        in.readFully(file.getLen() - end.length, end);
      }
      assertThat(end).as("%s", file).isEqualTo(new byte[] {'P', 'A', 'R', '1'});
    }
  }

  private void put(String name) throws IOException {
    Path file = new Path(spec.path(), name);
    file.getFileSystem(hadoop).create(file).close();
  }
}
