package io.millrace.demo.check;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Counts what is not as it should be, and keeps the first ones of each kind by name. */
final class Differences {
  /** How many of each kind are named. */
  static final int NAMED = 5;

  /** What can be wrong. */
  enum Kind {
    /** In an object, but not in the table; or malformed, but not in the quarantine. */
    LOST,
    /** There more than once. */
    DUPLICATED,
    /** There with other values, or as another object's. */
    ALTERED,
    /** There, but in no object. */
    UNEXPECTED,
    /** An object whose lines are not as many as its rows and its quarantined lines. */
    MISCOUNTED
  }

  private final Map<Kind, Long> counts = new EnumMap<>(Kind.class);
  private final List<String> named = new ArrayList<>();
  private final Map<Kind, Integer> namedOfKind = new EnumMap<>(Kind.class);

  /** Counts one, and names it if there is room. */
  void add(Kind kind, String name) {
    count(kind, 1);
    name(kind, name);
  }

  void count(Kind kind, long more) {
    counts.merge(kind, more, Long::sum);
  }

  void name(Kind kind, String name) {
    if (namedOfKind.merge(kind, 1, Integer::sum) <= NAMED) {
      named.add(kind.name().toLowerCase(Locale.ROOT) + ": " + name);
    }
  }

  /** Whether no more of this kind would be kept by name. */
  boolean isFull(Kind kind) {
    return namedOfKind.getOrDefault(kind, 0) >= NAMED;
  }

  long count(Kind kind) {
    return counts.getOrDefault(kind, 0L);
  }

  /** One line each, in the order of their discovery. */
  List<String> named() {
    return List.copyOf(named);
  }
}
