package io.millrace.benchmarks.parse;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.schema.SchemaParser;
import io.millrace.schema.Type;
import java.io.ByteArrayOutputStream;
import java.util.Random;

/** A kind of records, of which no two are alike. */
public enum Shape {
  /** Clicks: some 25 flat fields with ids, addresses and times. */
  EVENTS(
      """
      event_id STRING, user_id BIGINT, session STRING, ts TIMESTAMP, server_ts TIMESTAMP,
      type STRING, page STRING, referrer STRING, user_agent STRING, ip STRING, country STRING,
      city STRING, lat DOUBLE, lon DOUBLE, width INT, height INT, scroll DOUBLE, duration_ms BIGINT,
      is_new BOOLEAN, is_mobile BOOLEAN, campaign STRING, price DOUBLE, quantity INT,
      experiment STRING, attempt INT
      """) {
    @Override
    void append(StringBuilder out, Random random) {
      RandomText text = new RandomText(random);
      out.append("{\"event_id\":\"").append(text.hex(8)).append('-').append(text.hex(4));
      out.append('-').append(text.hex(12)).append("\",\"user_id\":").append(random.nextInt());
      out.append(random.nextInt(1000)).append(",\"session\":\"").append(text.hex(16));
      out.append("\",\"ts\":\"").append(text.time()).append("\",\"server_ts\":\"");
      out.append(text.time()).append("\",\"type\":\"").append(text.oneOf("click", "view", "buy"));
      out.append("\",\"page\":\"https://shop.example.com/").append(text.word()).append('/');
      out.append(text.word()).append('-').append(random.nextInt(1_000_000)).append("?ref=");
      out.append(text.hex(10)).append("\",\"referrer\":\"https://www.").append(text.word());
      out.append(".com/search?q=").append(text.word()).append('+').append(text.word());
      out.append("\",\"user_agent\":\"Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, ");
      out.append("like Gecko) Chrome/").append(random.nextInt(90, 130)).append(".0.");
      out.append(random.nextInt(9999)).append(".99 Safari/537.36\",\"ip\":\"");
      out.append(random.nextInt(256)).append('.').append(random.nextInt(256)).append('.');
      out.append(random.nextInt(256)).append('.').append(random.nextInt(256));
      out.append("\",\"country\":\"").append(text.oneOf("DE", "US", "FR", "JP", "BR"));
      out.append("\",\"city\":\"").append(text.oneOf("Köln", "New York", "Lyon", "Tokyo"));
      out.append("\",\"lat\":").append(text.decimal(180, 6)).append(",\"lon\":");
      out.append(text.decimal(360, 6)).append(",\"width\":").append(random.nextInt(4000));
      out.append(",\"height\":").append(random.nextInt(2000)).append(",\"scroll\":");
      out.append(random.nextDouble()).append(",\"duration_ms\":").append(random.nextInt(600_000));
      out.append(",\"is_new\":").append(random.nextBoolean()).append(",\"is_mobile\":");
      out.append(random.nextBoolean()).append(",\"campaign\":");
      out.append(random.nextInt(3) == 0 ? "\"" + text.word() + "\"" : "null");
      out.append(",\"price\":").append(text.decimal(1000, 2)).append(",\"quantity\":");
      out.append(random.nextInt(20)).append(",\"experiment\":\"").append(text.word());
      out.append("\",\"attempt\":").append(random.nextInt(4)).append("}\n");
    }
  },

  /** Packages on their way: a few short fields. */
  PACKAGES("id BIGINT, status STRING, weight DOUBLE, at TIMESTAMP, hub INT, note STRING") {
    @Override
    void append(StringBuilder out, Random random) {
      RandomText text = new RandomText(random);
      out.append("{\"id\":").append(random.nextLong(1L << 50)).append(",\"status\":\"");
      out.append(text.oneOf("sorted", "loaded", "delivered", "lost"));
      out.append("\",\"weight\":").append(text.decimal(30, 3)).append(",\"at\":\"");
      out.append(text.time()).append("\",\"hub\":").append(random.nextInt(500));
      if (random.nextInt(4) == 0) {
        out.append(",\"note\":\"").append(text.word()).append('"');
      }
      out.append("}\n");
    }
  },

  /** Messages with their authors and entities: deep, with texts of many scripts. */
  TWEETS(
      """
      id BIGINT, id_str STRING, created_at STRING, text STRING, truncated BOOLEAN, source STRING,
      user STRUCT<id: BIGINT, name: STRING, screen_name: STRING, location: STRING, url: STRING,
        description: STRING, followers_count: INT, friends_count: INT, listed_count: INT,
        favourites_count: INT, statuses_count: INT, created_at: STRING, verified: BOOLEAN,
        lang: STRING, profile_image_url: STRING, profile_background_color: STRING>,
      coordinates STRUCT<type: STRING, coordinates: ARRAY<DOUBLE>>,
      entities STRUCT<
        hashtags: ARRAY<STRUCT<text: STRING, indices: ARRAY<INT>>>,
        urls: ARRAY<STRUCT<url: STRING, expanded_url: STRING, display_url: STRING,
          indices: ARRAY<INT>>>,
        user_mentions: ARRAY<STRUCT<screen_name: STRING, name: STRING, id: BIGINT,
          indices: ARRAY<INT>>>>,
      retweet_count INT, favorite_count INT, favorited BOOLEAN, lang STRING, timestamp_ms STRING,
      counts MAP<STRING, INT>
      """) {
    @Override
    void append(StringBuilder out, Random random) {
      new Tweet(out, random).append();
      out.append('\n');
    }
  };

  private final String ddl;

  Shape(String ddl) {
    this.ddl = ddl;
  }

  /** What the records are read as. */
  public Type.Struct schema() {
    return SchemaParser.parse(ddl);
  }

  /** Appends a record with its line end. */
  abstract void append(StringBuilder out, Random random);

  /** Records of at least so many bytes, the same for the same seed. */
  public byte[] records(int leastBytes, long seed) {
    Random random = new Random(seed);
    ByteArrayOutputStream out = new ByteArrayOutputStream(leastBytes + (1 << 16));
    StringBuilder record = new StringBuilder();
    while (out.size() < leastBytes) {
      record.setLength(0);
      append(record, random);
      out.writeBytes(record.toString().getBytes(UTF_8));
    }
    return out.toByteArray();
  }
}
