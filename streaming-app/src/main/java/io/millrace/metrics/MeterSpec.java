package io.millrace.metrics;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.config.NamingConvention;
import io.micrometer.prometheusmetrics.PrometheusNamingConvention;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One meter as the reference has it.
 *
 * @param name dotted, lower-case
 * @param kind what it is to Micrometer
 * @param unit what one of it is
 * @param tags besides {@code stream}, which all have
 * @param meaning one sentence
 */
record MeterSpec(String name, Kind kind, String unit, List<String> tags, String meaning) {
  /** Endings are left to the exposition by the naming convention, this one and that of counters. */
  private static final String INFO = ".info";

  private static final Set<String> BASE_UNITS = Set.of("bytes", "seconds");
  private static final NamingConvention PROMETHEUS = new PrometheusNamingConvention();

  /** Kinds of meters, and what Prometheus calls them. */
  enum Kind {
    COUNTER("counter", Meter.Type.COUNTER),
    GAUGE("gauge", Meter.Type.GAUGE),
    TIMER("summary", Meter.Type.TIMER),
    HISTOGRAM("histogram", Meter.Type.TIMER);

    private final String prometheus;
    private final Meter.Type type;

    Kind(String prometheus, Meter.Type type) {
      this.prometheus = prometheus;
      this.type = type;
    }

    String prometheus() {
      return prometheus;
    }
  }

  MeterSpec {
    tags = List.copyOf(tags);
  }

  static MeterSpec counter(String name, String unit, String meaning, String... tags) {
    return new MeterSpec(name, Kind.COUNTER, unit, List.of(tags), meaning);
  }

  static MeterSpec gauge(String name, String unit, String meaning, String... tags) {
    return new MeterSpec(name, Kind.GAUGE, unit, List.of(tags), meaning);
  }

  static MeterSpec timer(String name, String meaning, String... tags) {
    return new MeterSpec(name, Kind.TIMER, "seconds", List.of(tags), meaning);
  }

  static MeterSpec histogram(String name, String meaning, String... tags) {
    return new MeterSpec(name, Kind.HISTOGRAM, "seconds", List.of(tags), meaning);
  }

  /** The unit that ends the name; null of what is merely counted. */
  @Nullable String baseUnit() {
    return BASE_UNITS.contains(unit) ? unit : null;
  }

  /** What it is called when it is scraped. */
  String prometheusName() {
    String converted = PROMETHEUS.name(name, kind.type, baseUnit());
    if (kind == Kind.COUNTER) {
      return converted + "_total";
    }
    return name.endsWith(INFO) ? converted + INFO.replace('.', '_') : converted;
  }
}
