package io.millrace.source;

import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.apache.spark.sql.connector.catalog.Table;
import org.apache.spark.sql.connector.catalog.TableProvider;
import org.apache.spark.sql.connector.expressions.Transform;
import org.apache.spark.sql.sources.DataSourceRegister;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;

/** What {@code spark.readStream().format("millrace")} makes. Public because Spark makes it. */
public final class MillraceSource implements TableProvider, DataSourceRegister {
  public static final String SHORT_NAME = "millrace";

  /** The option with the token of a stream that the program has open; see {@link OpenStreams}. */
  public static final String LIVE_OPTION = "live";

  @Override
  public String shortName() {
    return SHORT_NAME;
  }

  @Override
  public StructType inferSchema(CaseInsensitiveStringMap options) {
    return ArrivalRow.SCHEMA;
  }

  @Override
  public Table getTable(
      StructType schema, Transform[] partitioning, Map<String, String> properties) {
    CaseInsensitiveStringMap options = new CaseInsensitiveStringMap(properties);
    return new ArrivalTable(() -> open(options));
  }

  private static LiveStream open(CaseInsensitiveStringMap options) {
    String token = options.get(LIVE_OPTION);
    if (token == null) {
      return opener().open(options.asCaseSensitiveMap());
    }
    LiveStream stream = OpenStreams.find(token);
    if (stream == null) {
      throw new SourceException(
          "The option live names no open stream of this process: it is for the application itself."
              + " Other programs give the option config");
    }
    return stream;
  }

  private static StreamOpener opener() {
    List<StreamOpener> openers =
        ServiceLoader.load(StreamOpener.class).stream().map(ServiceLoader.Provider::get).toList();
    if (openers.size() != 1) {
      throw new SourceException(
          "The class path holds %d implementations of %s instead of one: use one streaming-app jar"
              .formatted(openers.size(), StreamOpener.class.getName()));
    }
    return openers.get(0);
  }
}
