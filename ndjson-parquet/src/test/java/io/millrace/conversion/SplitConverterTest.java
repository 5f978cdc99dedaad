package io.millrace.conversion;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.input.DecompressionLimits;
import io.millrace.input.Input;
import io.millrace.input.InputBlocks;
import io.millrace.input.ReadAhead;
import io.millrace.parquet.ParquetOptions;
import io.millrace.schema.SchemaParser;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class SplitConverterTest {
  private static final int RECORDS = 3000;
  private static final int HOURS = 3;

  private final Store store = new Store();
  private final ConversionOptions options =
      ConversionOptions.of(SchemaParser.parse("id BIGINT, at TIMESTAMP, text STRING"))
          .withParquet(ParquetOptions.defaults().withLimits(1024, 100, 4096, 0));
  private final ConversionOptions partitioned =
      options.withPartitioning(new Partitioning("at", ZoneOffset.UTC));

  @Test
  void writesOneFileByDefault() throws IOException {
    assertThat(convert(options))
        .singleElement()
        .satisfies(f -> assertThat(rows(f)).isEqualTo(RECORDS));
  }

  @Test
  void beginsAnotherFileAtTheTargetSize() throws IOException {
    List<ConvertedFile> files =
        convert(options.withFiles(10_000, 1, ConversionOptions.DEFAULT_WRITER_MEMORY_BYTES));

    assertThat(files).hasSizeGreaterThan(2);
    assertThat(files.stream().mapToLong(SplitConverterTest::rows).sum()).isEqualTo(RECORDS);
    assertThat(files.subList(0, files.size() - 1))
        .allSatisfy(file -> assertThat(file.file().bytes()).isGreaterThan(10_000));
    assertThat(store.mostOpen).isOne();
  }

  @Test
  void keepsOneFileOpenForEachPartition() throws IOException {
    List<ConvertedFile> files = convert(partitioned);

    assertThat(files).hasSize(HOURS);
    assertThat(store.mostOpen).isEqualTo(HOURS);
    assertThat(store.files).containsKey("date=2026-03-01/hour=2/part-7-00002.parquet");
  }

  @Test
  void finishesTheFileThatWaitedLongestWhereTooManyAreOpen() throws IOException {
    List<ConvertedFile> files =
        convert(partitioned.withFiles(1L << 30, 2, ConversionOptions.DEFAULT_WRITER_MEMORY_BYTES));

    assertThat(store.mostOpen).isEqualTo(2);
    assertThat(files).hasSizeGreaterThan(HOURS);
    assertThat(files.stream().mapToLong(SplitConverterTest::rows).sum()).isEqualTo(RECORDS);
  }

  @Test
  void finishesFilesThatTogetherHoldBackTooMuch() throws IOException {
    List<ConvertedFile> files = convert(partitioned.withFiles(1L << 30, 32, 1));

    assertThat(files).hasSizeGreaterThan(HOURS);
    assertThat(files.stream().mapToLong(SplitConverterTest::rows).sum()).isEqualTo(RECORDS);
  }

  @Test
  void makesOfAllSplitsWhatItMakesOfTheObject() throws IOException {
    List<Split> splits = new Splitter(10_001).splits(List.of(object()));

    List<ConvertedFile> files = convert(options, splits);

    assertThat(splits).hasSizeGreaterThan(5);
    assertThat(files).singleElement().satisfies(f -> assertThat(rows(f)).isEqualTo(RECORDS));
  }

  private List<ConvertedFile> convert(ConversionOptions with) throws IOException {
    return convert(with, List.of(Split.whole(object())));
  }

  private List<ConvertedFile> convert(ConversionOptions with, List<Split> splits)
      throws IOException {
    try (SplitConverter converter =
        new SplitConverter(
            with,
            InputBlocks.withDaemons(new ReadAhead(4096, 3), DecompressionLimits.defaults()),
            store,
            "7",
            (input, offset, bytes, from, to, reason) -> {
              throw new IOException("malformed at " + offset);
            },
            ConversionProgress.NONE)) {
      for (Split split : splits) {
        converter.convert(split);
      }
      List<ConvertedFile> files = converter.finish();
      assertThat(files)
          .allSatisfy(
              file ->
                  assertThat(store.files.get(file.path()).size())
                      .isEqualTo((int) file.file().bytes()));
      return files;
    }
  }

  private static long rows(ConvertedFile file) {
    return file.file().rows();
  }

  /** Runs of ten records of one hour, then of the next. */
  private static Input object() {
    StringBuilder text = new StringBuilder();
    for (int id = 0; id < RECORDS; id++) {
      text.append(
          "{\"id\":%d,\"at\":\"2026-03-01T%02d:30:00Z\",\"text\":\"%x\"}\n"
              .formatted(id, id / 10 % HOURS, id * 0x9E3779B97F4A7C15L));
    }
    byte[] bytes = text.toString().getBytes(UTF_8);
    return new Input() {
      @Override
      public String name() {
        return "object";
      }

      @Override
      public long size() {
        return bytes.length;
      }

      @Override
      public InputStream open(long offset) {
        return new ByteArrayInputStream(bytes, (int) offset, bytes.length - (int) offset);
      }
    };
  }

  /** Keeps files in memory, and counts how many are open. */
  private static final class Store implements OutputStore {
    private final Map<String, ByteArrayOutputStream> files = new TreeMap<>();
    private final List<OutputStream> open = new ArrayList<>();
    private int mostOpen;

    @Override
    public OutputStream create(String path) {
      ByteArrayOutputStream file =
          new ByteArrayOutputStream() {
            @Override
            public void close() {
              open.remove(this);
            }
          };
      assertThat(files.put(path, file)).isNull();
      open.add(file);
      mostOpen = Math.max(mostOpen, open.size());
      return file;
    }
  }
}
