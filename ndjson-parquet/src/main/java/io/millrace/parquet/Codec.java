package io.millrace.parquet;

import static java.util.Objects.requireNonNull;

import java.util.Locale;
import org.apache.parquet.format.CompressionCodec;

/**
 * How pages are compressed.
 *
 * @param level the effort of ZSTD (-7 to 22) and GZIP (1 to 9); 0 elsewhere
 */
public record Codec(Algorithm algorithm, int level) {
  /** Fast, and smaller than what others take more time for. */
  public static final Codec DEFAULT = zstd(1);

  private static final int MIN_ZSTD = -7;
  private static final int MAX_ZSTD = 22;
  private static final int DEFAULT_GZIP = 6;
  private static final int MAX_GZIP = 9;

  /** The algorithms that all of Spark, DuckDB and parquet-java read. */
  public enum Algorithm {
    NONE(CompressionCodec.UNCOMPRESSED),
    SNAPPY(CompressionCodec.SNAPPY),
    GZIP(CompressionCodec.GZIP),
    ZSTD(CompressionCodec.ZSTD);

    private final CompressionCodec format;

    Algorithm(CompressionCodec format) {
      this.format = format;
    }
  }

  public Codec {
    requireNonNull(algorithm, "algorithm");
    boolean valid =
        switch (algorithm) {
          case NONE, SNAPPY -> level == 0;
          case GZIP -> level >= 1 && level <= MAX_GZIP;
          case ZSTD -> level >= MIN_ZSTD && level <= MAX_ZSTD;
        };
    if (!valid) {
      throw new IllegalArgumentException(
          "%s has no level %d: zstd has %d to %d, gzip 1 to %d"
              .formatted(name(algorithm), level, MIN_ZSTD, MAX_ZSTD, MAX_GZIP));
    }
  }

  /** Zstandard at a level from -7 to 22. */
  public static Codec zstd(int level) {
    return new Codec(Algorithm.ZSTD, level);
  }

  public static Codec snappy() {
    return new Codec(Algorithm.SNAPPY, 0);
  }

  /** Gzip at a level from 1 to 9. */
  public static Codec gzip(int level) {
    return new Codec(Algorithm.GZIP, level);
  }

  public static Codec none() {
    return new Codec(Algorithm.NONE, 0);
  }

  /**
   * Reads what {@link #toString} writes: {@code zstd:3}, {@code gzip:6}, {@code snappy}, {@code
   * none}; without a level, the default one.
   *
   * @throws IllegalArgumentException if it is none of these
   */
  public static Codec parse(String text) {
    int colon = text.indexOf(':');
    String name = colon < 0 ? text : text.substring(0, colon);
    try {
      Algorithm algorithm = Algorithm.valueOf(name.toUpperCase(Locale.ROOT));
      if (colon >= 0) {
        return new Codec(algorithm, Integer.parseInt(text.substring(colon + 1)));
      }
      return switch (algorithm) {
        case ZSTD -> DEFAULT;
        case GZIP -> gzip(DEFAULT_GZIP);
        case SNAPPY, NONE -> new Codec(algorithm, 0);
      };
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "'%s' is no codec: use zstd, zstd:LEVEL with %d to %d, snappy, gzip, gzip:LEVEL with 1 to %d or none"
              .formatted(text, MIN_ZSTD, MAX_ZSTD, MAX_GZIP),
          e);
    }
  }

  CompressionCodec format() {
    return algorithm.format;
  }

  Compressor compressor() {
    return switch (algorithm) {
      case NONE -> new Compressor.None();
      case SNAPPY -> new Compressor.Snappy();
      case GZIP -> new Compressor.Gzip(level);
      case ZSTD -> new Compressor.Zstd(level);
    };
  }

  @Override
  public String toString() {
    String name = name(algorithm);
    return level == 0 && algorithm != Algorithm.ZSTD ? name : name + ":" + level;
  }

  private static String name(Algorithm algorithm) {
    return algorithm.name().toLowerCase(Locale.ROOT);
  }
}
