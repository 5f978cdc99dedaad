package io.millrace.benchmarks.data;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.SplittableRandom;

/** Times of events as they arrive: they increase, but with jitter. */
final class Clock {
  private static final long START_MILLIS =
      LocalDate.of(2026, 3, 1).atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli();
  private static final int JITTER_MILLIS = 30_000;
  private static final long DAY_MILLIS = 86_400_000;

  private final double meanStepMillis;
  private double nowMillis = START_MILLIS;
  private long formattedDay = Long.MIN_VALUE;
  private String day = "";

  Clock(double meanStepMillis) {
    this.meanStepMillis = meanStepMillis;
  }

  /** Goes on to the next event; milliseconds since 1970. */
  long next(SplittableRandom random) {
    nowMillis += -meanStepMillis * Math.log(1 - random.nextDouble());
    return (long) nowMillis - random.nextInt(JITTER_MILLIS);
  }

  /** Appends a time as ISO 8601 with milliseconds. */
  void append(JsonText json, long millis) {
    long epochDay = Math.floorDiv(millis, DAY_MILLIS);
    if (epochDay != formattedDay) {
      formattedDay = epochDay;
      day = LocalDate.ofEpochDay(epochDay).toString();
    }
    long ofDay = Math.floorMod(millis, DAY_MILLIS);
    json.text(day).text("T").digits(ofDay / 3_600_000, 2);
    json.text(":").digits(ofDay / 60_000 % 60, 2);
    json.text(":").digits(ofDay / 1000 % 60, 2);
    json.text(".").digits(ofDay % 1000, 3).text("Z");
  }
}
