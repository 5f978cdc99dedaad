package io.millrace.metrics;

import java.net.URI;

/**
 * Where the endpoint listens.
 *
 * @param host a name or an address
 * @param port 0 takes any that is free
 */
public record BindAddress(String host, int port) {
  /** The port that Prometheus' registry of exporters has for exporters of JMX. */
  public static final BindAddress DEFAULT = new BindAddress("127.0.0.1", 9404);

  public BindAddress {
    if (host.isBlank() || port < 0 || port > 65_535) {
      throw new IllegalArgumentException("must be host:port, with a port from 0 to 65535");
    }
  }

  /**
   * Reads {@code host:port}; an IPv6 address stands in brackets.
   *
   * @throws IllegalArgumentException where it is none
   */
  public static BindAddress parse(String text) {
    try {
      URI uri = URI.create("bind://" + text.strip());
      if (uri.getHost() == null || uri.getPort() < 0 || !uri.getPath().isEmpty()) {
        throw new IllegalArgumentException("no host or no port");
      }
      return new BindAddress(uri.getHost(), uri.getPort());
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "must be host:port, such as 0.0.0.0:9404 or 127.0.0.1:0", e);
    }
  }

  @Override
  public String toString() {
    return host + ":" + port;
  }
}
