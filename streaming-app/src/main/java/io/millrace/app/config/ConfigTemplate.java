package io.millrace.app.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A file to begin with: what must be given, with examples, and every other key as a comment. */
public final class ConfigTemplate {
  /** By key; of those that must be given, and of the schema, which may stand elsewhere. */
  private static final Map<String, String> EXAMPLES =
      Map.of(
          "stream", "clicks",
          "schema", "id STRING, at TIMESTAMP",
          "objects.buckets", "[landing-bucket]",
          "queue.url", "https://sqs.eu-west-1.amazonaws.com/123456789012/clicks",
          "ledger.path", "s3://state-bucket/clicks/ledger",
          "checkpoint", "s3://state-bucket/clicks/checkpoint",
          "table.path", "s3://lake-bucket/clicks");

  private ConfigTemplate() {}

  /** YAML that can be used as it stands once the examples are replaced. */
  public static String text() {
    StringBuilder text =
        new StringBuilder(
            """
            # A stream of Millrace; docs/reference/configuration.md explains every key.
            # Replace what is not a comment; a comment shows a key's default.
            """);
    Map<String, List<Key<?>>> groups = new LinkedHashMap<>();
    Keys.ALL.forEach(key -> groups.computeIfAbsent(group(key), g -> new ArrayList<>()).add(key));
    groups.forEach((group, keys) -> append(text, group, keys));
    return text.toString();
  }

  private static void append(StringBuilder text, String group, List<Key<?>> keys) {
    boolean given = keys.stream().anyMatch(key -> EXAMPLES.containsKey(key.name()));
    boolean nested = keys.get(0).name().contains(".");
    String margin = nested && !given ? "# " : "";
    text.append('\n');
    if (nested) {
      text.append(margin).append(group).append(":\n");
    }
    for (Key<?> key : keys) {
      String indent = margin + (nested ? "  " : "");
      String name = key.name().substring(nested ? group.length() + 1 : 0);
      text.append("%s# %s (%s)%n".formatted(indent, key.meaning(), key.type().name()));
      String example = EXAMPLES.get(key.name());
      if (example != null) {
        text.append("%s%s: %s%n".formatted(indent, name, example));
      } else {
        String comment = margin.isEmpty() ? "# " : "";
        text.append("%s%s%s:%s%n".formatted(indent, comment, name, standard(key)));
      }
    }
  }

  private static String standard(Key<?> key) {
    return key.standard() == null ? "" : " " + key.standardText();
  }

  private static String group(Key<?> key) {
    int dot = key.name().indexOf('.');
    return dot < 0 ? key.name() : key.name().substring(0, dot);
  }
}
