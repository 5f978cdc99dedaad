package io.millrace.app.config;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.dataformat.yaml.JacksonYAMLParseException;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.commons.text.similarity.LevenshteinDistance;
import org.jspecify.annotations.Nullable;

/** Takes values out of a YAML file and overrides, and notes everything that is wrong with them. */
final class ConfigReader {
  private static final YAMLMapper YAML =
      YAMLMapper.builder()
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  /** A secret may stand in a wrong place: a message shows no more of a value than this. */
  static final int MAX_SHOWN_CHARACTERS = 80;

  private final Map<String, Object> values = new LinkedHashMap<>();
  private final List<String> faults = new ArrayList<>();
  private final Map<String, Key<?>> known = new LinkedHashMap<>();

  /**
   * @param yaml the file's text
   * @param overrides dotted key to YAML value
   */
  ConfigReader(String yaml, Map<String, String> overrides) {
    Keys.ALL.forEach(key -> known.put(key.name(), key));
    flatten("", parse("the file", yaml));
    overrides.forEach(
        (key, value) -> {
          values.keySet().removeIf(present -> present.startsWith(key + "."));
          flatten(key, parse("--set " + key, value));
        });
  }

  /** The key's value, or its default; null where there is neither. */
  <T> @Nullable T read(Key<T> key) {
    Object value = values.get(key.name());
    if (value == null) {
      if (key.required()) {
        faults.add("%s is missing: %s".formatted(key.name(), key.meaning()));
      }
      return key.standard();
    }
    try {
      return key.type().parser().parse(value);
    } catch (IllegalArgumentException | ArithmeticException e) {
      faults.add("%s is %s: %s".formatted(key.name(), shown(value), e.getMessage()));
      return key.standard();
    }
  }

  void fault(String sentence) {
    faults.add(sentence);
  }

  /** Everything wrong so far, unknown keys included. */
  List<String> faults() {
    return List.copyOf(faults);
  }

  private @Nullable Object parse(String what, String yaml) {
    try {
      return yaml.isBlank() ? null : YAML.readValue(yaml, Object.class);
    } catch (JsonProcessingException e) {
      faults.add("%s is not valid YAML%s".formatted(what, place(e)));
      return null;
    }
  }

  /** Without the YAML parser's own words, which quote lines that may have a secret. */
  private static String place(JsonProcessingException fault) {
    JsonLocation at = fault.getLocation();
    String where =
        at == null ? "" : " at line %d, column %d".formatted(at.getLineNr(), at.getColumnNr());
    return fault instanceof JacksonYAMLParseException
        ? where
        : "%s: %s".formatted(where, fault.getOriginalMessage());
  }

  private void flatten(String name, @Nullable Object value) {
    Key<?> key = known.get(name);
    if (value == null) {
      if (key != null) {
        values.remove(name);
      }
    } else if (key != null) {
      values.put(name, value);
    } else if (value instanceof Map<?, ?> map && isGroup(name)) {
      map.forEach((part, inner) -> flatten(name.isEmpty() ? "" + part : name + "." + part, inner));
    } else if (isGroup(name)) {
      faults.add(
          name.isEmpty()
              ? "the file must be a map of keys"
              : "%s is %s: it has keys of its own".formatted(name, shown(value)));
    } else {
      Optional<String> nearest = nearest(name);
      faults.add(
          "%s is not a known key%s"
              .formatted(name, nearest.map(n -> "; did you mean " + n + "?").orElse("")));
    }
  }

  private boolean isGroup(String name) {
    return name.isEmpty() || known.keySet().stream().anyMatch(key -> key.startsWith(name + "."));
  }

  private Optional<String> nearest(String name) {
    LevenshteinDistance distance = LevenshteinDistance.getDefaultInstance();
    return known.keySet().stream()
        .flatMap(ConfigReader::withItsGroups)
        .min(Comparator.comparingInt(key -> distance.apply(key, name)))
        .filter(key -> distance.apply(key, name) <= Math.max(3, name.length() / 3));
  }

  private static Stream<String> withItsGroups(String key) {
    return key.contains(".") ? Stream.of(key, key.substring(0, key.indexOf('.'))) : Stream.of(key);
  }

  private static String shown(Object value) {
    String text =
        value.toString().replaceAll("[\\p{Cntrl}]", "?").replaceAll("://[^/@]*@", "://********@");
    return text.length() <= MAX_SHOWN_CHARACTERS
        ? "'" + text + "'"
        : "'" + text.substring(0, MAX_SHOWN_CHARACTERS) + "…'";
  }
}
