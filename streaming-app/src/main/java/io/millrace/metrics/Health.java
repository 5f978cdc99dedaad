package io.millrace.metrics;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Whether the application lives, and whether its stream gets on.
 *
 * <p>It lives as long as starting it again would not help: also while it waits for an outage to
 * end, when it is not ready.
 */
public final class Health {
  private final JsonMapper json = new JsonMapper();
  private final BooleanSupplier alive;
  private final List<HealthCheck> checks;

  public Health(BooleanSupplier alive, List<HealthCheck> checks) {
    this.alive = alive;
    this.checks = List.copyOf(checks);
  }

  /** Of an application that has yet to take its stream over. */
  public static Health starting() {
    return new Health(
        () -> true,
        List.of(new HealthCheck("query", () -> Optional.of("the application is starting"))));
  }

  /**
   * How it is at one moment.
   *
   * @param json {@code {"live":…,"ready":…,"checks":{"queue":{"ok":false,"message":"…"}}}}
   */
  record Report(boolean live, boolean ready, String json) {}

  List<HealthCheck> checks() {
    return checks;
  }

  Report report() {
    ObjectNode root = json.createObjectNode();
    ObjectNode details = json.createObjectNode();
    boolean live = alive.getAsBoolean();
    boolean ready = live;
    for (HealthCheck check : checks) {
      Optional<String> trouble = check.trouble().get();
      ready &= trouble.isEmpty();
      ObjectNode detail = details.putObject(check.name()).put("ok", trouble.isEmpty());
      trouble.ifPresent(message -> detail.put("message", message));
    }
    root.put("live", live).put("ready", ready).set("checks", details);
    return new Report(live, ready, root.toString());
  }
}
