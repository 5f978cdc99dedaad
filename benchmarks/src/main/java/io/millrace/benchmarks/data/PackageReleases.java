package io.millrace.benchmarks.data;

import java.util.SplittableRandom;

/** Releases of packages. */
final class PackageReleases implements RecordMaker {
  private final SplittableRandom random;
  private final Vocabulary words;
  private final Clock clock = new Clock(900);

  PackageReleases(long seed) {
    random = new SplittableRandom(seed);
    words = new Vocabulary(seed ^ 2, 30_000, false);
  }

  @Override
  public void append(JsonText json) {
    json.text("{\"name\":\"").text(words.word(random));
    if (random.nextInt(3) > 0) {
      json.text("-").text(words.word(random));
    }
    json.text("\",\"version\":\"").number(skewed(12)).text(".").number(skewed(40));
    json.text(".").number(skewed(90));
    json.text("\",\"size\":").number(500 + skewed(5_000_000));
    json.text(",\"published\":\"");
    clock.append(json, clock.next(random));
    json.text("\",\"downloads\":").number(skewed(90_000_000)).text("}");
  }

  /** Below {@code bound}, the small ones far more often. */
  private long skewed(int bound) {
    double x = random.nextDouble();
    return (long) (bound * x * x * x);
  }
}
