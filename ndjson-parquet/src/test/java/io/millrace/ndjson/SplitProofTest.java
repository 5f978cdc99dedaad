package io.millrace.ndjson;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.schema.SchemaParser;
import io.millrace.schema.Type;
import io.millrace.vector.RecordBatch;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The splits of any partition of an object hold the object's records, each once. */
class SplitProofTest {
  private static final Type.Struct SCHEMA =
      SchemaParser.parse("a BIGINT, s STRING, l ARRAY<STRING>");
  private static final String MARK = "\uFEFF";

  private static final List<String> SMALL =
      List.of(
          "",
          "\n",
          "\r\n \t\n",
          "{\"a\":1}",
          "{\"a\":1}\n{\"a\":22}\r\n{\"a\":333}\r{\"a\":4}",
          "{\"a\":1}\r\n\r\n \t\r\r{\"a\":2}\n\n",
          "{\"s\":\"é日😀\"}\n{\"s\":\"\\u00e9\\ud83d\\ude00\\n\\\\\"}\r\n{\"l\":[\"ä\",\"\\\"\"]}",
          MARK + "{\"a\":1}\n" + MARK + "{\"a\":2}\n",
          MARK,
          MARK + "\n" + MARK,
          "{\"a\":\"no\"}\n{\"a\":1\n}\n[1]\nnot json\r\n{\"a\":3}",
          "{\"a\":1} \t\r\n\t {\"a\":2}\n{ \"a\" : 3 , \"s\" : \"\" }\n{}");

  @Test
  void everyPairOfCutsOfSmallObjectsYieldsEachRecordOnce() throws IOException {
    for (String text : SMALL) {
      byte[] object = text.getBytes(UTF_8);
      List<String> whole = read(object, 0, object.length, 1 << 10);
      for (int blockBytes : List.of(1, 2, 3, 5, 8, 64)) {
        for (int i = 0; i <= object.length; i++) {
          for (int j = i; j <= object.length; j++) {
            List<String> parts = new ArrayList<>(read(object, 0, i, blockBytes));
            parts.addAll(read(object, i, j, blockBytes));
            parts.addAll(read(object, j, object.length, blockBytes));
            assertThat(parts)
                .as("%s cut at %d and %d, in blocks of %d bytes", text, i, j, blockBytes)
                .isEqualTo(whole);
          }
        }
      }
    }
  }

  @Test
  void theRecordsOfASplitAreThoseThatTheSplitterYields() throws IOException {
    Random random = new Random(5);
    for (int round = 0; round < 300; round++) {
      byte[] object = large(random, 40);
      int start = random.nextInt(object.length);
      int end = start + random.nextInt(object.length - start + 1);
      List<String> expected = new ArrayList<>();
      int first = (int) RecordSplitter.firstByte(start);
      var in = new ByteArrayInputStream(object, first, object.length - first);
      RecordSplitter splitter = new RecordSplitter(in, start, end, 1 << 20);
      for (var line = splitter.next(); line != null; line = splitter.next()) {
        expected.add(String.valueOf(line.offset()));
      }
      assertThat(read(object, start, end, 1 + random.nextInt(300)))
          .extracting(record -> record.substring(0, record.indexOf(' ')))
          .isEqualTo(expected);
    }
  }

  @Test
  void randomPartitionsOfLargeObjectsYieldEachRecordOnceWhateverTheBlocks() throws IOException {
    long seed = System.nanoTime();
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    for (int round = 0; round < 40; round++) {
      byte[] object = large(random, 1_000);
      List<String> whole = read(object, 0, object.length, 1 << 16);
      List<String> parts = new ArrayList<>();
      int start = 0;
      while (start < object.length) {
        int end = Math.min(object.length, start + random.nextInt(object.length / 4));
        parts.addAll(read(object, start, end, 1 + random.nextInt(random.nextInt(5_000) + 1)));
        start = end;
      }
      assertThat(parts).as("seed %d, round %d", seed, round).isEqualTo(whole);
    }
  }

  @Test
  void aRecordOfManyBlocksIsWhole() throws IOException {
    String text = "é\\n".repeat(40_000);
    byte[] object =
        ("{\"a\":1}\n{\"s\":\"" + text + "\"}\n{\"a\":2}\n{\"s\":\"" + text + "\"}")
            .getBytes(UTF_8);
    List<String> whole = read(object, 0, object.length, 1 << 20);
    assertThat(whole).hasSize(4);
    for (int blockBytes : List.of(100, 1_000, 65_536)) {
      assertThat(read(object, 0, object.length, blockBytes)).isEqualTo(whole);
    }
  }

  @Test
  void bytesAreCountedToTheEndOfTheLastRecord() throws IOException {
    byte[] object = "{\"a\":1}\n{\"a\":2}\n{\"a\":3}".getBytes(UTF_8);
    NdjsonReader reader = reader(object, 3, 10, 5, new ArrayList<>());
    RecordBatch batch = new RecordBatch(SCHEMA);
    while (reader.read(batch)) {
      assertThat(reader.offsets()[0]).isEqualTo(8);
    }
    assertThat(reader.records()).isOne();
    assertThat(reader.bytes()).isEqualTo(8);
  }

  private static byte[] large(Random random, int records) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < records; i++) {
      switch (random.nextInt(6)) {
        case 0 -> text.append("{\"a\":").append(i).append('}');
        case 1 -> text.append("{\"s\":\"").append("ä€😀".repeat(random.nextInt(30))).append("\"}");
        case 2 ->
            text.append("{\"s\":\"").append("\\n\\u00e9".repeat(random.nextInt(30))).append("\"}");
        case 3 -> text.append("{\"l\":[\"a\",null],\"x\":{\"y\":[1.5]}}");
        case 4 -> text.append("broken ").append("x".repeat(random.nextInt(200)));
        default -> text.append("{'a':").append(i).append(",\"s\":2.50}");
      }
      text.append(List.of("\n", "\r\n", "\r", "\n\n", " \n").get(random.nextInt(5)));
    }
    return text.toString().getBytes(UTF_8);
  }

  /** Each record as its offset and what became of it, in order. */
  private static List<String> read(byte[] object, int start, int end, int blockBytes)
      throws IOException {
    List<String> malformed = new ArrayList<>();
    List<String> records = new ArrayList<>();
    NdjsonReader reader = reader(object, start, end, blockBytes, malformed);
    RecordBatch batch = new RecordBatch(SCHEMA);
    boolean more = true;
    while (more) {
      more = reader.read(batch);
      List<List<Object>> rows = Vectors.rows(batch);
      for (int i = 0; i < rows.size(); i++) {
        records.add(reader.offsets()[i] + " " + rows.get(i));
      }
    }
    records.addAll(malformed);
    records.sort((one, other) -> Integer.compare(offset(one), offset(other)));
    assertThat(reader.records()).isEqualTo(records.size());
    assertThat(reader.malformedRecords()).isEqualTo(malformed.size());
    return records;
  }

  private static int offset(String record) {
    return Integer.parseInt(record.substring(0, record.indexOf(' ')));
  }

  private static NdjsonReader reader(
      byte[] object, int start, int end, int blockBytes, List<String> malformed) {
    int first = (int) RecordSplitter.firstByte(start);
    return new NdjsonReader(
        new InputStreamBlocks(
            new ByteArrayInputStream(object, first, object.length - first), blockBytes),
        start,
        end,
        SCHEMA,
        ReaderOptions.defaults(),
        (offset, bytes, from, to, reason) ->
            malformed.add(offset + " " + reason + new String(bytes, from, to - from, ISO_8859_1)));
  }
}
