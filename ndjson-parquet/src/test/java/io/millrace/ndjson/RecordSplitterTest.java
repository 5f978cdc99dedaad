package io.millrace.ndjson;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecordSplitterTest {

  @Test
  void everyPairOfCutsYieldsEachRecordOnceWithItsOffset() throws IOException {
    String mark = "\u00EF\u00BB\u00BF";
    for (String object :
        List.of(
            "",
            "\n",
            "a",
            "a\nbb\r\nccc\rd",
            "a\r\n\r\n \t\r\rbb\n\n",
            mark + "a\n" + mark + "b\n",
            mark,
            "\u00FF\u0000\n\u00C3\u00A9\r\n\u00F0\u009F")) {
      List<String> whole = read(object, 0, object.length(), 100);
      for (int i = 0; i <= object.length(); i++) {
        for (int j = i; j <= object.length(); j++) {
          List<String> parts = new ArrayList<>(read(object, 0, i, 100));
          parts.addAll(read(object, i, j, 100));
          parts.addAll(read(object, j, object.length(), 100));
          assertThat(parts).as("%s cut at %s and %s", object, i, j).isEqualTo(whole);
        }
      }
    }
  }

  @Test
  void eachTerminatorEndsALineAndBlankLinesAreNoRecords() throws IOException {
    assertThat(read("a\nbb\r\n \t\nccc\rd", 0, 14, 100))
        .containsExactly("0:a", "2:bb", "9:ccc", "13:d");
  }

  @Test
  void aByteOrderMarkIsLeftOutAtTheStartOnly() throws IOException {
    String mark = "\u00EF\u00BB\u00BF";
    assertThat(read(mark + "a\n" + mark + "b", 0, 9, 1 << 10))
        .containsExactly("0:a", "5:" + mark + "b");
  }

  @Test
  void aRecordLongerThanABufferIsWhole() throws IOException {
    String record = "x".repeat(200_000);
    assertThat(read("a\n" + record + "\nb", 0, 200_004, 200_000))
        .containsExactly("0:a", "2:" + record, "200003:b");
  }

  @Test
  void aRecordOverTheLimitIsNamedByItsOffset() throws IOException {
    assertThat(read("a\nbbbb\n", 0, 7, 4)).containsExactly("0:a", "2:bbbb");
    assertThatThrownBy(() -> read("a\nbbbbb\n", 0, 8, 4))
        .isInstanceOf(RecordTooLargeException.class)
        .hasMessage("the record at byte 2 is longer than 4 bytes");
  }

  private static List<String> read(String object, int start, int end, int max) throws IOException {
    byte[] bytes = object.getBytes(ISO_8859_1);
    int first = (int) RecordSplitter.firstByte(start);
    var in = new ByteArrayInputStream(bytes, first, bytes.length - first);
    var splitter = new RecordSplitter(in, start, end, max);
    List<String> records = new ArrayList<>();
    for (var line = splitter.next(); line != null; line = splitter.next()) {
      records.add(line.offset() + ":" + new String(line.bytes(), ISO_8859_1));
    }
    return records;
  }
}
