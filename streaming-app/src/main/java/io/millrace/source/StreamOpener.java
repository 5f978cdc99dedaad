package io.millrace.source;

import java.util.Map;

/**
 * Opens a stream for a Spark program other than the application; found by {@link
 * java.util.ServiceLoader}.
 */
public interface StreamOpener {

  /**
   * Takes the stream over. Called on the driver when a query starts, once per source of the query.
   *
   * @param options the source's options as the program gave them, {@code config} among them
   * @return a {@link LiveStream#standalone} stream, which the query closes
   */
  LiveStream open(Map<String, String> options);
}
