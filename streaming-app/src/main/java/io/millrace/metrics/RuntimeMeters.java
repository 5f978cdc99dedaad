package io.millrace.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import org.apache.spark.package$;

/** The driver's JVM and process, by Micrometer's own binders. */
final class RuntimeMeters implements AutoCloseable {
  private static final String BUILD = "/io/millrace/metrics/build.properties";

  private final JvmGcMetrics collections = new JvmGcMetrics();

  RuntimeMeters(Meters meters, MeterRegistry registry) {
    new ClassLoaderMetrics().bindTo(registry);
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    new UptimeMetrics().bindTo(registry);
    new FileDescriptorMetrics().bindTo(registry);
    collections.bindTo(registry);
    meters.gauge(
        MeterCatalog.BUILD,
        () -> 1,
        version(),
        package$.MODULE$.SPARK_VERSION(),
        System.getProperty("java.version"));
  }

  /** Maven's version of this build. */
  static String version() {
    Properties build = new Properties();
    try (InputStream file = RuntimeMeters.class.getResourceAsStream(BUILD)) {
      build.load(file);
    } catch (IOException e) {
      throw new UncheckedIOException("the class path is damaged: no " + BUILD, e);
    }
    return build.getProperty("version");
  }

  @Override
  public void close() {
    collections.close();
  }
}
