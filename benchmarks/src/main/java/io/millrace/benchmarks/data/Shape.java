package io.millrace.benchmarks.data;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.function.LongFunction;

/** A kind of record that is measured. */
@SuppressWarnings("ImmutableEnumChecker") // Makers are constructors.
public enum Shape {
  /** Clicks in a shop: some 770 bytes, few levels, some ids that never repeat. */
  EVENTS("events", ClickEvents::new),
  /** Releases of packages: some 105 bytes, flat. */
  PACKAGES("packages", PackageReleases::new),
  /** Posts with their authors, entities and what they quote: some 4.7 KB, deep. */
  TWEETS("tweets", Tweets::new);

  private final String label;
  private final LongFunction<RecordMaker> maker;

  Shape(String label, LongFunction<RecordMaker> maker) {
    this.label = label;
    this.maker = maker;
  }

  /**
   * The shape of that name.
   *
   * @throws IllegalArgumentException when there is none
   */
  public static Shape named(String label) {
    return Arrays.stream(values())
        .filter(shape -> shape.label.equals(label))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "no shape is called %s; there are %s"
                        .formatted(label, Arrays.stream(values()).map(Shape::label).toList())));
  }

  /** Its name in commands and tables. */
  public String label() {
    return label;
  }

  /** The schema of its records as DDL. */
  public String schema() {
    String name = label + ".ddl";
    try (InputStream in = Shape.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("the build lacks the schema " + name);
      }
      return new String(in.readAllBytes(), UTF_8).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  RecordMaker records(long seed) {
    return maker.apply(seed);
  }
}
