package io.millrace.conversion;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.millrace.input.DecompressionLimits;
import io.millrace.input.Input;
import io.millrace.input.InputBlocks;
import io.millrace.input.ReadAhead;
import io.millrace.parquet.WrittenFile;
import io.millrace.schema.SchemaParser;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.lang.management.ManagementFactory;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WriterMemoryTest {
  private static final int COLUMNS = 40;
  private static final String SCHEMA =
      IntStream.range(0, COLUMNS)
          .mapToObj("c%d STRING"::formatted)
          .collect(Collectors.joining(", "));

  private final Map<String, ByteArrayOutputStream> files = new HashMap<>();

  @Test
  void writesAFileThatTakesOverMemoryAsItWritesTheFirst() throws IOException {
    byte[] records = records(200, 50);
    ConversionOptions options = options().withFiles(1, 1, 192 << 20);

    List<ConvertedFile> written = convert(options, records, 3);

    assertThat(written).hasSize(3);
    assertThat(written.stream().map(ConvertedFile::file).distinct()).hasSize(1);
    assertThat(written.stream().map(file -> files.get(file.path()).toByteArray()))
        .allSatisfy(
            bytes -> assertThat(bytes).isEqualTo(files.get(written.get(0).path()).toByteArray()));
  }

  @Test
  void endsTheRowGroupOfASingleFileWhoseDictionariesGrowTooLarge() throws IOException {
    byte[] records = records(5_000, 2_000);

    assertThat(convert(options(), records, 4))
        .singleElement()
        .satisfies(file -> assertThat(file.file().rowGroups()).isOne());
    assertThat(convert(options().withFiles(1L << 30, 1, 4 << 20), records, 4))
        .singleElement()
        .satisfies(
            file -> {
              WrittenFile small = file.file();
              assertThat(small.rowGroups()).isGreaterThan(1);
              assertThat(small.rows()).isEqualTo(20_000);
            });
  }

  @Test
  void allocatesLessThanATenthOfAByteForEachByteOfALongInput() throws IOException {
    byte[] records = records(2_000, 1_000);
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long allocated;
    try (SplitConverter converter = converter(options().withFiles(1 << 20, 1, 192 << 20))) {
      converter.convert(Split.whole(new Records(records, 20)));
      long before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
      converter.convert(Split.whole(new Records(records, 100)));
      allocated = threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - before;
      assertThat(converter.finish()).hasSizeGreaterThan(3);
    }

    assertThat(allocated / (100.0 * records.length)).isLessThan(0.1);
  }

  private static ConversionOptions options() {
    return ConversionOptions.of(SchemaParser.parse(SCHEMA));
  }

  /** Records whose columns have one of {@code distinct} values each. */
  private static byte[] records(int count, int distinct) {
    Random random = new Random(7);
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < count; i++) {
      for (int column = 0; column < COLUMNS; column++) {
        text.append(column == 0 ? '{' : ',')
            .append("\"c%d\":\"value-%06d\"".formatted(column, random.nextInt(distinct)));
      }
      text.append("}\n");
    }
    return text.toString().getBytes(UTF_8);
  }

  private List<ConvertedFile> convert(ConversionOptions options, byte[] records, int times)
      throws IOException {
    files.clear();
    try (SplitConverter converter = converter(options)) {
      convert(converter, records, times);
      return converter.finish();
    }
  }

  private static void convert(SplitConverter converter, byte[] records, int times)
      throws IOException {
    for (int i = 0; i < times; i++) {
      converter.convert(Split.whole(new Records(records, 1)));
    }
  }

  private SplitConverter converter(ConversionOptions options) {
    return new SplitConverter(
        options,
        InputBlocks.withDaemons(ReadAhead.defaults(), DecompressionLimits.defaults()),
        this::create,
        "0",
        (input, offset, bytes, from, to, reason) -> {
          throw new IOException("malformed at " + offset);
        },
        ConversionProgress.NONE);
  }

  private OutputStream create(String path) {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    files.put(path, file);
    return file;
  }

  /** The same records, again and again. */
  private static final class Records implements Input {
    private final byte[] bytes;
    private final int times;

    Records(byte[] bytes, int times) {
      this.bytes = bytes;
      this.times = times;
    }

    @Override
    public String name() {
      return "memory";
    }

    @Override
    public long size() {
      return (long) times * bytes.length;
    }

    @Override
    public InputStream open(long offset) {
      assertThat(offset).isZero();
      return new SequenceInputStream(
          Collections.enumeration(
              Collections.nCopies(times, bytes).stream().map(ByteArrayInputStream::new).toList()));
    }
  }
}
