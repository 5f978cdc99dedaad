package io.millrace.command;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;

/**
 * What is said at the end.
 *
 * @param seconds from the first input opened to the last output closed
 */
record Summary(ConvertResult result, double seconds, ProcessFigures process) {
  private static final double MEGA = 1e6;

  /** For people. */
  String text() {
    long bytesIn = result.bytesIn();
    String text =
        String.format(
            Locale.ROOT,
            "%,d records, %,d malformed; %.1f MB in, %.1f MB out in %d files; %.1f s, %.0f MB/s, %.0f MB/s per core",
            result.records(),
            result.malformed(),
            bytesIn / MEGA,
            result.bytesOut() / MEGA,
            result.files(),
            seconds,
            rate(seconds),
            rate(process.cpuSeconds()));
    return text;
  }

  /** For programs: one object on one line. */
  String json() {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
      json.writeStartObject();
      json.writeNumberField("records", result.records());
      json.writeNumberField("malformed", result.malformed());
      json.writeNumberField("bytes_in", result.bytesIn());
      json.writeNumberField("bytes_out", result.bytesOut());
      json.writeNumberField("files", result.files());
      number(json, "seconds", seconds, 3);
      number(json, "process_seconds", process.seconds(), 3);
      number(json, "cpu_seconds", process.cpuSeconds(), 3);
      number(json, "mb_per_second", rate(seconds), 1);
      if (process.peakRssBytes().isPresent()) {
        json.writeNumberField("peak_rss_bytes", process.peakRssBytes().getAsLong());
      } else {
        json.writeNullField("peak_rss_bytes");
      }
      json.writeEndObject();
    } catch (IOException e) {
      throw new IllegalStateException("a string can't be written to", e);
    }
    return text.toString();
  }

  private static void number(JsonGenerator json, String name, double value, int decimals)
      throws IOException {
    json.writeFieldName(name);
    json.writeNumber(BigDecimal.valueOf(value).setScale(decimals, RoundingMode.HALF_UP));
  }

  private double rate(double perSeconds) {
    return perSeconds > 0 ? result.bytesIn() / MEGA / perSeconds : 0;
  }
}
