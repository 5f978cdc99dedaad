package io.millrace.app;

import io.millrace.app.config.AppConfig;
import io.millrace.app.config.ConfigException;
import io.millrace.source.LiveStream;
import io.millrace.source.StreamOpener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import org.apache.spark.sql.SparkSession;

/**
 * Opens a stream for a Spark program that names its configuration file in the option {@code
 * config}. Public because the service loader makes it.
 */
public final class ConfiguredStreams implements StreamOpener {
  private static final String OPTION = "config";

  @Override
  public LiveStream open(Map<String, String> options) {
    String file = options.get(OPTION);
    if (file == null) {
      throw new OperatorException(
          "the source needs the option config, the path of a stream's YAML file", null);
    }
    try {
      AppConfig config = AppConfig.read(Path.of(file), Map.of());
      InstantSource clock = InstantSource.system();
      StreamInput input =
          StreamInput.open(
              config, SparkSession.active().sparkContext().hadoopConfiguration(), clock, false);
      return LiveStream.standalone(
          input.ledger(),
          input.intake(),
          StreamInput.limits(config),
          config.trigger().receiveLimit(),
          clock,
          input::close);
    } catch (ConfigException e) {
      throw new OperatorException(e.getMessage(), e);
    } catch (IOException e) {
      throw new UncheckedIOException("the stream of " + file + " can't be opened", e);
    }
  }
}
