package io.millrace.localstack;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.TreeMap;

/** Counts the requests since it was made, those that faults struck too. */
public final class RequestCounter implements AutoCloseable {
  private final Control control;
  private final long id;

  RequestCounter(Control control, long id) {
    this.control = control;
    this.id = id;
  }

  /** All requests so far. */
  public long total() {
    return byOperation().values().stream().mapToLong(Long::longValue).sum();
  }

  /** The requests so far by S3's HTTP method or SQS's action; without those that never came. */
  public Map<String, Long> byOperation() {
    Map<String, Long> counts = new TreeMap<>();
    for (Map.Entry<String, JsonNode> count :
        control.call("counts", Map.of("id", id)).properties()) {
      counts.put(count.getKey(), count.getValue().asLong());
    }
    return counts;
  }

  /** Ends the count. */
  @Override
  public void close() {
    control.call("unwatch", Map.of("id", id));
  }
}
