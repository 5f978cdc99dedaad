package io.millrace.app.config;

import io.millrace.metrics.BindAddress;
import java.net.URI;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The kinds of values that a configuration has. */
final class ValueTypes {
  private static final Pattern USER_INFO = Pattern.compile("[A-Za-z0-9+.-]+://[^/]*@.*");
  private static final String NONE = "none";
  private static final Pattern DURATION = Pattern.compile("([0-9]{1,12}) ?(ms|s|m|h|d)");
  private static final Map<String, Long> MILLIS =
      Map.of("ms", 1L, "s", 1_000L, "m", 60_000L, "h", 3_600_000L, "d", 86_400_000L);

  static final ValueType<String> TEXT = new ValueType<>("text", ValueTypes::text, value -> value);

  /** A path or a URL, which gets printed: no place for credentials. */
  static final ValueType<String> LOCATION =
      new ValueType<>("path or URL", yaml -> location(text(yaml)), value -> value);

  static final ValueType<List<String>> TEXTS =
      new ValueType<>("list of texts", ValueTypes::texts, value -> value);
  static final ValueType<Map<String, String>> TEXT_MAP =
      new ValueType<>("map of texts", ValueTypes::textMap, value -> value);
  static final ValueType<Boolean> FLAG =
      new ValueType<>("true or false", ValueTypes::flag, value -> value);
  static final ValueType<Duration> DURATION_TYPE =
      new ValueType<>("duration", yaml -> duration(text(yaml)), ValueTypes::print);
  static final ValueType<ByteSize> SIZE =
      new ValueType<>("size", yaml -> ByteSize.parse(text(yaml)), ByteSize::toString);
  static final ValueType<ZoneId> ZONE =
      new ValueType<>("time zone", yaml -> zone(text(yaml)), ZoneId::getId);
  static final ValueType<Double> RATIO =
      new ValueType<>("number, 0 to 1", yaml -> ratio(text(yaml)), value -> value);
  static final ValueType<URI> ENDPOINT =
      new ValueType<>("URL", yaml -> endpoint(text(yaml)), URI::toString);

  static final ValueType<Optional<BindAddress>> BIND =
      new ValueType<>(
          "host:port, or `none`",
          yaml -> bind(text(yaml)),
          bind -> bind.map(BindAddress::toString).orElse(NONE));

  private ValueTypes() {}

  static ValueType<Integer> integer(int min, int max) {
    return new ValueType<>(
        "integer, %d to %d".formatted(min, max), yaml -> integer(yaml, min, max), value -> value);
  }

  static ValueType<Duration> duration(Duration min, Duration max) {
    return bounded(DURATION_TYPE, min, max);
  }

  static ValueType<ByteSize> size(ByteSize min, ByteSize max) {
    ValueType<Long> bytes =
        bounded(
            new ValueType<>(
                "size",
                yaml -> SIZE.parser().parse(yaml).bytes(),
                b -> SIZE.printer().print(new ByteSize(b))),
            min.bytes(),
            max.bytes());
    return new ValueType<>(
        bytes.name(), yaml -> new ByteSize(bytes.parser().parse(yaml)), ByteSize::toString);
  }

  /** A text of a form that a regular expression and a person's words describe. */
  static ValueType<String> text(Pattern form, String words) {
    return new ValueType<>(
        "text: " + words,
        yaml -> {
          String text = text(yaml);
          if (!form.matcher(text).matches()) {
            throw new IllegalArgumentException("must be " + words);
          }
          return text;
        },
        value -> value);
  }

  /** One of an enum's constants, written in lower case with hyphens. */
  static <E extends Enum<E>> ValueType<E> oneOf(Class<E> type) {
    String names =
        Arrays.stream(type.getEnumConstants())
            .map(ValueTypes::hyphened)
            .collect(Collectors.joining(", "));
    return new ValueType<>(
        "one of " + names,
        yaml ->
            Arrays.stream(type.getEnumConstants())
                .filter(constant -> hyphened(constant).equals(text(yaml)))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("must be one of " + names)),
        ValueTypes::hyphened);
  }

  private static String hyphened(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static <T extends Comparable<T>> ValueType<T> bounded(ValueType<T> type, T min, T max) {
    String bounds = type.printer().print(min) + " to " + type.printer().print(max);
    return new ValueType<>(
        type.name() + ", " + bounds,
        yaml -> {
          T value = type.parser().parse(yaml);
          if (value.compareTo(min) < 0 || value.compareTo(max) > 0) {
            throw new IllegalArgumentException("must be " + bounds);
          }
          return value;
        },
        type.printer());
  }

  private static String text(Object yaml) {
    if (yaml instanceof List || yaml instanceof Map) {
      throw new IllegalArgumentException("must be a single value");
    }
    String text = yaml.toString();
    if (text.isBlank()) {
      throw new IllegalArgumentException("must not be empty");
    }
    return text;
  }

  private static List<String> texts(Object yaml) {
    if (!(yaml instanceof List<?> list)) {
      return List.of(text(yaml)); // one value without brackets is meant as a list of one
    }
    return list.stream().map(ValueTypes::text).toList();
  }

  private static Map<String, String> textMap(Object yaml) {
    if (!(yaml instanceof Map<?, ?> map)) {
      throw new IllegalArgumentException("must be a map");
    }
    Map<String, String> texts = new LinkedHashMap<>();
    map.forEach((key, value) -> texts.put(key.toString(), value == null ? "" : value.toString()));
    return texts;
  }

  private static boolean flag(Object yaml) {
    return switch (yaml.toString()) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException("must be true or false");
    };
  }

  private static int integer(Object yaml, int min, int max) {
    try {
      long value = Long.parseLong(text(yaml));
      if (value >= min && value <= max) {
        return (int) value;
      }
    } catch (NumberFormatException e) {
      // Said below, with the bounds.
    }
    throw new IllegalArgumentException("must be an integer from %d to %d".formatted(min, max));
  }

  private static Duration duration(String text) {
    Matcher matcher = DURATION.matcher(text.strip());
    if (!matcher.matches()) {
      throw new IllegalArgumentException("not a duration with a unit, like 500ms, 30s, 5m, 2h, 7d");
    }
    return Duration.ofMillis(
        Math.multiplyExact(Long.parseLong(matcher.group(1)), MILLIS.get(matcher.group(2))));
  }

  private static String print(Duration duration) {
    long millis = duration.toMillis();
    for (String unit : new String[] {"d", "h", "m", "s"}) {
      if (millis >= MILLIS.get(unit) && millis % MILLIS.get(unit) == 0) {
        return millis / MILLIS.get(unit) + unit;
      }
    }
    return millis + "ms";
  }

  private static double ratio(String text) {
    try {
      double ratio = Double.parseDouble(text);
      if (ratio >= 0 && ratio <= 1) {
        return ratio;
      }
    } catch (NumberFormatException e) {
      // Said below, with the bounds.
    }
    throw new IllegalArgumentException("must be a number from 0 to 1");
  }

  private static String location(String text) {
    if (USER_INFO.matcher(text).matches()) {
      throw new IllegalArgumentException("must not hold credentials");
    }
    return text;
  }

  private static Optional<BindAddress> bind(String text) {
    return text.strip().equals(NONE) ? Optional.empty() : Optional.of(BindAddress.parse(text));
  }

  private static ZoneId zone(String text) {
    try {
      return ZoneId.of(text);
    } catch (RuntimeException e) {
      throw new IllegalArgumentException("not a time zone, like UTC or Europe/Paris", e);
    }
  }

  private static URI endpoint(String text) {
    URI uri;
    try {
      uri = URI.create(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("not a URL", e);
    }
    boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
    if (!http || uri.getHost() == null) {
      throw new IllegalArgumentException("must be an http or https URL");
    }
    if (uri.getUserInfo() != null) {
      throw new IllegalArgumentException("must not hold credentials");
    }
    return uri;
  }
}
