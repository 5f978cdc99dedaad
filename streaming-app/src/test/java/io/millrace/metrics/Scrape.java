package io.millrace.metrics;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What an application tells over HTTP, as Prometheus would read it. */
public record Scrape(String text) {
  private static final Pattern TYPE = Pattern.compile("(?m)^# TYPE (\\S+) (\\S+)$");

  /** Asks for {@code /metrics}. */
  public static Scrape of(InetSocketAddress address) throws IOException, InterruptedException {
    return new Scrape(get(address, "/metrics").body());
  }

  public static HttpResponse<String> get(InetSocketAddress address, String path)
      throws IOException, InterruptedException {
    URI uri =
        URI.create("http://%s:%d%s".formatted(address.getHostString(), address.getPort(), path));
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
  }

  /** Families by name, with their types. */
  public Map<String, String> families() {
    Map<String, String> families = new TreeMap<>();
    Matcher matcher = TYPE.matcher(text);
    while (matcher.find()) {
      families.put(matcher.group(1), matcher.group(2));
    }
    return families;
  }

  /**
   * The value of the one sample with this name and all of these labels.
   *
   * @param labels as they are written: {@code outcome="converted"}
   */
  public double value(String name, String... labels) {
    double found = Double.NaN;
    int matches = 0;
    for (String line : text.lines().toList()) {
      if (line.startsWith(name + "{") && hasAll(line, labels)) {
        found = Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1));
        matches++;
      }
    }
    if (matches != 1) {
      throw new AssertionError(matches + " samples match " + name + " in\n" + text);
    }
    return found;
  }

  /** The same of what is counted. */
  public long count(String name, String... labels) {
    return (long) value(name, labels);
  }

  private static boolean hasAll(String line, String... labels) {
    for (String label : labels) {
      if (!line.contains(label)) {
        return false;
      }
    }
    return true;
  }
}
