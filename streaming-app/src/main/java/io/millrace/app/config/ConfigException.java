package io.millrace.app.config;

import java.util.List;

/** A configuration that can't be used; the message has every fault that was found, a line each. */
public final class ConfigException extends RuntimeException {
  private final List<String> faults;

  /**
   * Of what is found out only with the configuration's context, or of a file.
   *
   * @param source what the configuration is called
   */
  public ConfigException(String source, List<String> faults) {
    super(source + ":\n  " + String.join("\n  ", faults));
    this.faults = List.copyOf(faults);
  }

  /** What is wrong, one sentence each, with key, value and bound. */
  public List<String> faults() {
    return faults;
  }
}
