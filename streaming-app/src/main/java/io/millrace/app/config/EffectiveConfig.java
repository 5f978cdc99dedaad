package io.millrace.app.config;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Every key's value, given or by default. */
final class EffectiveConfig {
  private static final String MASK = "********";
  private static final YAMLMapper YAML =
      YAMLMapper.builder()
          .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
          .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
          .build();

  private final ConfigReader reader;
  private final Map<Key<?>, @Nullable Object> values = new LinkedHashMap<>();

  EffectiveConfig(ConfigReader reader) {
    this.reader = reader;
    Keys.ALL.forEach(key -> values.put(key, reader.read(key)));
  }

  @SuppressWarnings("unchecked") // put in under its own key
  <T> @Nullable T get(Key<T> key) {
    return (T) values.get(key);
  }

  /** Of a key that has a default, or after {@link #refuseIfFaulty} one that must have a value. */
  <T> T require(Key<T> key) {
    return requireNonNull(get(key), key.name());
  }

  void refuseIfFaulty(String source) {
    List<String> faults = reader.faults();
    if (!faults.isEmpty()) {
      throw new ConfigException(source, faults);
    }
  }

  /** In the form of the file, secrets masked. */
  String toYaml() {
    Map<String, Object> tree = new LinkedHashMap<>();
    Keys.ALL.forEach(key -> put(tree, key));
    try {
      return YAML.writeValueAsString(tree);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("texts, numbers and maps are always YAML", e);
    }
  }

  @SuppressWarnings("unchecked") // inner maps are put in here only
  private <T> void put(Map<String, Object> tree, Key<T> key) {
    T value = get(key);
    if (value == null) {
      return;
    }
    Map<String, Object> inner = tree;
    String[] path = key.name().split("\\.", -1);
    for (int i = 0; i < path.length - 1; i++) {
      inner = (Map<String, Object>) inner.computeIfAbsent(path[i], p -> new LinkedHashMap<>());
    }
    Object printed = key.type().printer().print(value);
    inner.put(path[path.length - 1], printed instanceof Map<?, ?> map ? masked(map) : printed);
  }

  /**
   * A value may be options with names of their own: {@code -Djavax.net.ssl.trustStorePassword=…}.
   */
  private static boolean isSecret(String name, String value) {
    return SecretNames.matches(name) || (value.contains("=") && SecretNames.matches(value));
  }

  private static Map<String, Object> masked(Map<?, ?> settings) {
    Map<String, Object> masked = new LinkedHashMap<>();
    settings.forEach(
        (name, value) ->
            masked.put(
                name.toString(),
                isSecret(name.toString(), String.valueOf(value)) ? MASK : String.valueOf(value)));
    return masked;
  }
}
