package io.millrace.convert;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.conversion.ConvertedFile;
import io.millrace.ledger.OutputFile;
import io.millrace.localstack.LocalStack;
import io.millrace.output.DirectoryFiles;
import io.millrace.parquet.WrittenFile;
import io.millrace.testing.TestSpark;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.RemoteIterator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TaskFilesTest {
  private static final String NAME = "date=2026-03-01/hour=7/part-1.parquet";
  private static final byte[] CONTENT = "content".getBytes(UTF_8);

  @TempDir Path folder;
  private final Configuration configuration =
      TestSpark.session().sparkContext().hadoopConfiguration();
  private String bucket;

  @BeforeEach
  void createBucket() {
    bucket = LocalStack.shared().createBucket("files");
  }

  @ParameterizedTest
  @ValueSource(strings = {"file", "s3a"})
  void filesThatAreKeptAreThereWithTheirPartition(String scheme) throws Exception {
    List<OutputFile> kept;
    try (TaskFiles files = begin(scheme, List.of())) {
      try (OutputStream out = files.create(NAME)) {
        out.write(CONTENT);
      }
      kept = files.keep(List.of(written("{}")));
    }

    assertThat(kept)
        .singleElement()
        .satisfies(
            file -> {
              assertThat(names(scheme)).containsExactly(file.path());
              assertThat(file.path()).startsWith("date=2026-03-01/hour=7/part-00005-");
              assertThat(file.sizeBytes()).isEqualTo(CONTENT.length);
              assertThat(file.partitionValues())
                  .isEqualTo(Map.of("date", "2026-03-01", "hour", "7"));
              assertThat(file.records()).isEqualTo(3);
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"file", "s3a"})
  void filesThatAreGivenUpAreNotThereCompleteOrNot(String scheme) throws Exception {
    try (TaskFiles files = begin(scheme, List.of())) {
      try (OutputStream out = files.create(NAME)) {
        out.write(CONTENT);
      }
    }
    assertThat(names(scheme)).isEmpty();

    TaskFiles files = begin(scheme, List.of());
    OutputStream open = files.create(NAME);
    open.write(CONTENT);
    files.close();
    open.close();
    assertThat(names(scheme)).isEmpty();
  }

  @Test
  void statisticsAreOfTheColumnsThatAreAskedFor() throws Exception {
    try (TaskFiles files = begin("file", List.of("a"))) {
      files.create(NAME).close();
      List<OutputFile> kept =
          files.keep(
              List.of(written("{\"numRecords\":3,\"minValues\":{\"a\":1,\"b\":{\"c\":2}}}")));

      assertThat(kept.get(0).stats()).isEqualTo("{\"numRecords\":3,\"minValues\":{\"a\":1}}");
    }
  }

  private TaskFiles begin(String scheme, List<String> statisticsColumns) {
    return new TaskFiles(new DirectoryFiles(root(scheme), configuration), statisticsColumns, 5, 10);
  }

  /** Every file that is there, relative to the table. */
  private List<String> names(String scheme) throws Exception {
    org.apache.hadoop.fs.Path root = new org.apache.hadoop.fs.Path(root(scheme));
    FileSystem system = root.getFileSystem(configuration);
    List<String> names = new ArrayList<>();
    if (system.exists(root)) {
      RemoteIterator<LocatedFileStatus> files = system.listFiles(root, true);
      while (files.hasNext()) {
        String path = files.next().getPath().toString();
        names.add(path.substring(path.indexOf("date=")));
      }
    }
    return names;
  }

  private String root(String scheme) {
    return scheme.equals("file") ? folder.toUri().toString() : "s3a://" + bucket + "/table";
  }

  private static ConvertedFile written(String stats) {
    return new ConvertedFile(NAME, new WrittenFile(3, CONTENT.length, 1, stats));
  }
}
