package io.millrace.convert;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.ledger.Arrival;
import io.millrace.ledger.Outcome;
import io.millrace.ledger.OutputFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DirectEngineTest extends EngineTest {
  private static final int MANY = 50_000;

  DirectEngineTest() {
    super(TestedEngine.DIRECT);
  }

  @ParameterizedTest
  @ValueSource(strings = {"cut off", "followed by something else", "changed"})
  void anObjectThatTurnsOutDamagedLateLeavesNothingBesideTheOthersOfItsTask(String damage)
      throws Exception {
    Arrival first = put("first", "{\"id\":\"1\"}");
    byte[] whole = gzip(lines(MANY));
    Arrival damaged = put("damaged", damaged(whole, damage));
    Arrival last = put("last", "{\"id\":\"2\"}");

    Conversion conversion = convert(layout("event-time"), 1 << 30, List.of(first, damaged, last));

    assertThat(conversion.outcomes())
        .extracting(Outcome::reason)
        .containsExactly(null, "damaged", null);
    assertThat(ids()).containsExactlyInAnyOrder("1", "2");
    assertThat(filesThatAreThere()).containsExactlyElementsOf(paths(conversion));
  }

  @Test
  void ofAnObjectThatOneOfItsTasksCannotReadNoTaskLeavesAFile() throws Exception {
    Arrival large = put("large", lines(1000) + "{\"id\":\"" + "x".repeat(2000) + "\"}\n");
    Arrival small = put("small", "{\"id\":\"1\"}");

    Conversion conversion = convert(layout("event-time"), 4000, List.of(large, small));

    assertThat(conversion.outcomes())
        .extracting(Outcome::reason)
        .containsExactly("record-too-large", null);
    assertThat(ids()).containsExactly("1");
    assertThat(filesThatAreThere()).containsExactlyElementsOf(paths(conversion));
  }

  private List<String> ids() {
    return written().select("id").collectAsList().stream().map(row -> row.getString(0)).toList();
  }

  private static List<String> paths(Conversion conversion) {
    return conversion.files().stream().map(OutputFile::path).sorted().toList();
  }

  private static byte[] damaged(byte[] gzip, String how) {
    return switch (how) {
      case "cut off" -> Arrays.copyOf(gzip, gzip.length - 100);
      case "changed" -> {
        byte[] changed = gzip.clone();
        changed[changed.length - 6] ^= 1;
        yield changed;
      }
      default -> {
        byte[] more = Arrays.copyOf(gzip, gzip.length + 4);
        Arrays.fill(more, gzip.length, more.length, (byte) 'x');
        yield more;
      }
    };
  }

  private static String lines(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> "{\"id\":\"many %d\",\"n\":%d}\n".formatted(i, i * 7919))
        .collect(Collectors.joining());
  }

  private static byte[] gzip(String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(bytes)) {
      out.write(text.getBytes(UTF_8));
    }
    return bytes.toByteArray();
  }
}
