package io.millrace.parquet;

import io.millrace.schema.SchemaParser;
import io.millrace.schema.Type;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Rows whose columns repeat, grow and scatter as those of logs and tables do. */
final class RealisticRecords {
  private static final long START_MICROS = 1_772_323_200_000_000L;
  private static final List<String> PAGES = List.of("home", "search", "item", "basket", "pay");
  private static final List<String> LANGUAGES = List.of("en", "en", "en", "es", "ja", "pt", "und");

  private final Random random;
  private final List<String> words = new ArrayList<>();
  private long micros = START_MICROS;
  private long id = 1_700_000_000_000_000_000L;

  RealisticRecords(long seed) {
    this.random = new Random(seed);
    for (int i = 0; i < 5000; i++) {
      StringBuilder word = new StringBuilder();
      for (int j = 2 + random.nextInt(9); j > 0; j--) {
        word.append((char) ('a' + Math.min(random.nextInt(26), random.nextInt(26))));
      }
      words.add(word.toString());
    }
  }

  enum Shape {
    EVENTS(
        "id STRING, at TIMESTAMP, user BIGINT, page STRING, url STRING, duration INT, price"
            + " DECIMAL(9,2), lat DOUBLE, lon DOUBLE, mobile BOOLEAN,"
            + " device STRUCT<os: STRING, width: INT>, tags ARRAY<STRING>",
        60_000) {
      @Override
      List<@Nullable Object> row(RealisticRecords of) {
        return of.event();
      }
    },
    PACKAGES("name STRING, version STRING, size BIGINT, released TIMESTAMP, day DATE", 200_000) {
      @Override
      List<@Nullable Object> row(RealisticRecords of) {
        return of.release();
      }
    },
    POSTS(
        "id BIGINT, text STRING, lang STRING, user STRUCT<id: BIGINT, name: STRING, followers: INT,"
            + " bio: STRING>, words ARRAY<STRUCT<word: STRING, from: INT, to: INT>>,"
            + " counts MAP<STRING, BIGINT>, replies ARRAY<ARRAY<BIGINT>>",
        30_000) {
      @Override
      List<@Nullable Object> row(RealisticRecords of) {
        return of.post();
      }
    },
    /** Numbers of all magnitudes, each as frequent as another. */
    MAGNITUDES("size BIGINT, at TIMESTAMP", 200_000) {
      @Override
      List<@Nullable Object> row(RealisticRecords of) {
        return Arrays.asList((long) of.zipf(50_000_000), of.micros += of.zipf(100_000_000));
      }
    },
    MEASUREMENTS("at TIMESTAMP, sensor INT, value DOUBLE, level FLOAT, raw BINARY", 200_000) {
      @Override
      List<@Nullable Object> row(RealisticRecords of) {
        return of.measurement();
      }
    };

    private final String ddl;
    private final int count;

    Shape(String ddl, int count) {
      this.ddl = ddl;
      this.count = count;
    }

    Type.Struct schema() {
      return SchemaParser.parse(ddl);
    }

    abstract List<@Nullable Object> row(RealisticRecords of);

    /** Some megabytes of them. */
    List<List<@Nullable Object>> rows(long seed) {
      RealisticRecords records = new RealisticRecords(seed);
      List<List<@Nullable Object>> rows = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        rows.add(row(records));
      }
      return rows;
    }
  }

  private List<@Nullable Object> event() {
    String page = PAGES.get(zipf(PAGES.size()));
    boolean isMobile = random.nextInt(3) > 0;
    return Arrays.asList(
        "%016x%016x".formatted(random.nextLong(), random.nextLong()),
        later(20_000),
        (long) zipf(100_000),
        page,
        "https://shop.example/%s/%s?q=%s&r=%d".formatted(page, word(), word(), zipf(1 << 20)),
        random.nextInt(10) == 0 ? null : zipf(100_000),
        page.equals("pay") ? BigDecimal.valueOf(zipf(1_000_000), 2) : null,
        random.nextDouble() * 180 - 90,
        random.nextDouble() * 360 - 180,
        isMobile,
        Arrays.asList(isMobile ? "os " + zipf(5) : "desktop", 320 + 40 * zipf(40)),
        words(random.nextInt(4)));
  }

  private List<@Nullable Object> release() {
    micros += (long) (-20e6 * Math.log(1 - random.nextDouble()));
    String version = "%d.%d.%d".formatted(zipf(20), zipf(40), zipf(100));
    return Arrays.asList(
        word() + "-" + word(),
        random.nextInt(9) == 0 ? version + "-rc" + zipf(9) : version,
        (long) Math.exp(10 + 1.5 * random.nextGaussian()),
        micros,
        (int) (micros / 86_400_000_000L));
  }

  private List<@Nullable Object> post() {
    List<String> text = words(5 + random.nextInt(30));
    List<@Nullable Object> marked = new ArrayList<>();
    for (int i = random.nextInt(3), from = 0; i > 0; i--) {
      String word = text.get(random.nextInt(text.size()));
      marked.add(Arrays.asList(word, from, from + word.length()));
      from += word.length() + zipf(40);
    }
    Map<Object, @Nullable Object> counts = new LinkedHashMap<>();
    for (String name : List.of("likes", "shares", "quotes")) {
      if (random.nextInt(4) > 0) {
        counts.put(name, (long) zipf(1_000_000));
      }
    }
    long author = zipf(20_000);
    Random authors = new Random(author);
    id += zipf(4_000_000);
    return Arrays.asList(
        id,
        String.join(" ", text) + (random.nextInt(5) == 0 ? " 日本 😀" : ""),
        LANGUAGES.get(random.nextInt(LANGUAGES.size())),
        Arrays.asList(
            author,
            words.get(authors.nextInt(words.size())) + author,
            authors.nextInt(100_000),
            authors.nextBoolean() ? null : words.get(authors.nextInt(words.size())) + " and more"),
        marked,
        counts,
        random.nextInt(3) > 0 ? List.of() : List.of(List.of(id - 1, id - 2), List.of()));
  }

  private List<@Nullable Object> measurement() {
    byte[] raw = new byte[4 + random.nextInt(5)];
    random.nextBytes(raw);
    return Arrays.asList(
        later(1000),
        random.nextInt(500),
        random.nextInt(50) == 0 ? Double.NaN : 20 + random.nextGaussian(),
        random.nextInt(1000) / 10.0f,
        random.nextInt(20) == 0 ? null : raw);
  }

  private long later(int mostMicros) {
    micros += random.nextInt(mostMicros);
    return micros;
  }

  /** Small numbers are much more frequent than large ones. */
  private int zipf(int bound) {
    return (int) Math.min(bound - 1, Math.pow(bound, random.nextDouble()) - 1);
  }

  private String word() {
    return words.get(zipf(words.size()));
  }

  private List<String> words(int count) {
    List<String> result = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      result.add(word());
    }
    return result;
  }
}
