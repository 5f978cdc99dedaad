package io.millrace.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleSupplier;

/** Registers what the catalogue describes, so that nothing else is registered. */
final class Meters {
  private final MeterRegistry registry;

  /** The registry itself holds what it reads weakly. */
  private final List<Object> held = new ArrayList<>();

  Meters(MeterRegistry registry) {
    this.registry = registry;
  }

  /**
   * A gauge that is read when it is scraped.
   *
   * @param values of the spec's tags, in their order
   */
  void gauge(MeterSpec spec, DoubleSupplier read, String... values) {
    Gauge.builder(spec.name(), read::getAsDouble)
        .strongReference(true)
        .baseUnit(spec.baseUnit())
        .description(spec.meaning())
        .tags(tags(spec, values))
        .register(registry);
  }

  /** A counter that is read, from something that never falls, when it is scraped. */
  synchronized void counter(MeterSpec spec, DoubleSupplier read, String... values) {
    held.add(read);
    FunctionCounter.builder(spec.name(), read, DoubleSupplier::getAsDouble)
        .baseUnit(spec.baseUnit())
        .description(spec.meaning())
        .tags(tags(spec, values))
        .register(registry);
  }

  /** A counter that is told; the same one for the same values. */
  Counter counter(MeterSpec spec, String... values) {
    return Counter.builder(spec.name())
        .baseUnit(spec.baseUnit())
        .description(spec.meaning())
        .tags(tags(spec, values))
        .register(registry);
  }

  Timer timer(MeterSpec spec, String... values) {
    return Timer.builder(spec.name())
        .description(spec.meaning())
        .tags(tags(spec, values))
        .register(registry);
  }

  Timer histogram(MeterSpec spec, Duration... buckets) {
    return Timer.builder(spec.name())
        .description(spec.meaning())
        .serviceLevelObjectives(buckets)
        .register(registry);
  }

  private static Tags tags(MeterSpec spec, String... values) {
    if (values.length != spec.tags().size()) {
      throw new IllegalArgumentException(
          "%s has the tags %s, not %d".formatted(spec.name(), spec.tags(), values.length));
    }
    Tags tags = Tags.empty();
    for (int i = 0; i < values.length; i++) {
      tags = tags.and(spec.tags().get(i), values[i]);
    }
    return tags;
  }
}
