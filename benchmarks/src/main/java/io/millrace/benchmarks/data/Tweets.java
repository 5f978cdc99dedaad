package io.millrace.benchmarks.data;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * Posts, three in five of which repeat another in full, and some of those quote a third.
 *
 * <p>A few fields, as in life, are in no schema.
 */
final class Tweets implements RecordMaker {
  private static final DateTimeFormatter SECOND =
      DateTimeFormatter.ofPattern("EEE MMM dd HH:mm:ss Z yyyy", Locale.ROOT)
          .withZone(ZoneOffset.UTC);
  private static final String[] LANGUAGES = {"en", "en", "ja", "es", "pt", "fr", "und", "de"};
  private static final String[] RESIZE = {"crop", "fit", "fit", "fit"};
  private static final String[] SIZES = {"thumb", "small", "medium", "large"};
  private static final String[] SOURCES = {"iphone", "android", "web", "studio", "deck"};
  private static final int AUTHORS = 40_000_000;

  private final SplittableRandom random;
  private final Vocabulary words;
  private final Authors authors;
  private final Clock clock = new Clock(25);
  private long formattedSecond = Long.MIN_VALUE;
  private String second = "";

  Tweets(long seed) {
    random = new SplittableRandom(seed);
    words = new Vocabulary(seed ^ 3, 50_000, true);
    authors = new Authors(random, words);
  }

  @Override
  public void append(JsonText json) {
    long millis = clock.next(random);
    post(json, millis, random.nextInt(5) < 3 ? "retweeted_status" : "");
    json.text(",\"timestamp_ms\":\"").number(millis).text("\"}");
  }

  /** Appends a post without its closing brace, with another one under that name if it is one. */
  private void post(JsonText json, long millis, String inner) {
    json.text("{\"created_at\":\"").text(second(millis));
    long id = (millis << 20) + random.nextInt(1 << 20);
    json.text("\",\"id\":").number(id).text(",\"id_str\":\"").number(id).text("\",\"text\":\"");
    text(json);
    String source = SOURCES[random.nextInt(SOURCES.length)];
    json.text("\",\"source\":\"<a href=\\\"http:\\/\\/social.example\\/").text(source);
    json.text("\\\" rel=\\\"nofollow\\\">Social for ").text(source).text("<\\/a>\",\"truncated\":");
    json.bool(random.nextInt(20) == 0);
    reply(json);
    json.text(",\"user\":");
    authors.append(json, 1_000_000 + skewed(AUTHORS));
    place(json);
    if (!inner.isEmpty()) {
      json.text(",\"").text(inner).text("\":");
      boolean quotes = inner.equals("retweeted_status") && random.nextInt(3) == 0;
      post(json, millis - 1000L * random.nextInt(500_000), quotes ? "quoted_status" : "");
      json.text("}");
    }
    json.text(",\"geo\":null,\"contributors\":null,\"is_quote_status\":");
    json.bool(inner.equals("quoted_status"));
    json.text(",\"retweet_count\":").number(skewed(40_000));
    json.text(",\"favorite_count\":").number(skewed(90_000));
    entities(json);
    json.text(",\"favorited\":false,\"retweeted\":false");
    if (random.nextInt(3) == 0) {
      json.text(",\"possibly_sensitive\":").bool(random.nextInt(12) == 0);
    }
    json.text(",\"lang\":\"").text(LANGUAGES[random.nextInt(LANGUAGES.length)]).text("\"");
  }

  private void text(JsonText json) {
    words.sentence(json, random, 4 + random.nextInt(18));
    if (random.nextInt(6) == 0) {
      json.text("\\n\\u201c").text(words.word(random)).text("\\u201d \\ud83d\\ude00");
    }
    if (random.nextInt(2) == 0) {
      json.text(" https:\\/\\/t.example\\/").hex(random, 10);
    }
  }

  private void reply(JsonText json) {
    if (random.nextInt(4) > 0) {
      json.text(",\"in_reply_to_status_id\":null,\"in_reply_to_user_id\":null");
      json.text(",\"in_reply_to_status_id_str\":null,\"in_reply_to_user_id_str\":null");
      json.text(",\"in_reply_to_screen_name\":null");
      return;
    }
    long post = random.nextLong(1L << 58, 1L << 60);
    long author = 1_000_000 + skewed(AUTHORS);
    json.text(",\"in_reply_to_status_id\":").number(post);
    json.text(",\"in_reply_to_user_id\":").number(author);
    json.text(",\"in_reply_to_status_id_str\":\"").number(post);
    json.text("\",\"in_reply_to_user_id_str\":\"").number(author).text("\"");
    json.text(",\"in_reply_to_screen_name\":\"");
    json.text(words.anyWord(random)).number(random.nextInt(999)).text("\"");
  }

  private void place(JsonText json) {
    if (random.nextInt(12) > 0) {
      json.text(",\"coordinates\":null,\"place\":null");
      return;
    }
    long west = random.nextInt(-180_000_000, 179_000_000);
    long south = random.nextInt(-60_000_000, 70_000_000);
    json.text(",\"coordinates\":{\"type\":\"Point\",\"coordinates\":[");
    json.fixed(west + 50_000, 6).text(",").fixed(south + 50_000, 6).text("]}");
    json.text(",\"place\":{\"id\":\"").hex(random, 16).text("\",\"place_type\":\"city\"");
    json.text(",\"full_name\":\"").text(words.word(random)).text(", ").text(words.word(random));
    json.text("\",\"country_code\":\"").text(LANGUAGES[random.nextInt(LANGUAGES.length)]);
    json.text("\",\"bounding_box\":{\"type\":\"Polygon\",\"coordinates\":[[");
    for (int corner = 0; corner < 4; corner++) {
      json.text(corner == 0 ? "[" : ",[").fixed(west + (corner & 1) * 100_000L, 6);
      json.text(",").fixed(south + (corner & 2) * 50_000L, 6).text("]");
    }
    json.text("]]}}");
  }

  private void entities(JsonText json) {
    json.text(",\"entities\":{\"hashtags\":[");
    int hashtags = (int) skewed(5);
    for (int i = 0; i < hashtags; i++) {
      json.text(i > 0 ? "," : "").text("{\"text\":\"").text(words.word(random)).text("\"");
      indices(json);
    }
    json.text("],\"urls\":[");
    int urls = random.nextInt(2);
    for (int i = 0; i < urls; i++) {
      json.text("{\"url\":\"https:\\/\\/t.example\\/").hex(random, 10);
      json.text("\",\"expanded_url\":\"http:\\/\\/www.").text(words.word(random));
      json.text(".example\\/").text(words.word(random)).text("\\/").hex(random, 8);
      json.text("\",\"display_url\":\"").text(words.word(random)).text(".example\\/\\u2026\"");
      indices(json);
    }
    json.text("],\"user_mentions\":[");
    int mentions = (int) skewed(5);
    for (int i = 0; i < mentions; i++) {
      json.text(i > 0 ? "," : "").text("{\"screen_name\":\"").text(words.anyWord(random));
      long id = 1_000_000 + skewed(AUTHORS);
      json.text("\",\"name\":\"").text(words.word(random)).text("\",\"id\":").number(id);
      json.text(",\"id_str\":\"").number(id).text("\"");
      indices(json);
    }
    json.text("]");
    if (random.nextInt(5) < 2) {
      media(json);
    }
    json.text("}");
  }

  private void media(JsonText json) {
    long id = random.nextLong(1L << 58, 1L << 60);
    json.text(",\"media\":[{\"id\":").number(id).text(",\"id_str\":\"").number(id);
    long name = random.nextLong();
    json.text("\",\"media_url\":\"http:\\/\\/media.example\\/").number(name);
    json.text(".jpg\",\"media_url_https\":\"https:\\/\\/media.example\\/").number(name);
    json.text(".jpg\",\"url\":\"https:\\/\\/t.example\\/").hex(random, 10);
    json.text("\",\"type\":\"photo\",\"sizes\":{");
    for (int i = 0; i < SIZES.length; i++) {
      json.text(i > 0 ? ",\"" : "\"").text(SIZES[i]).text("\":{\"w\":");
      json.number(i == 0 ? 150 : 340L * i + random.nextInt(40)).text(",\"h\":");
      json.number(i == 0 ? 150 : 200L * i + random.nextInt(90));
      json.text(",\"resize\":\"").text(RESIZE[i]).text("\"}");
    }
    json.text("}");
    indices(json);
    json.text("]");
  }

  /** Appends where in the text something is, and the closing brace. */
  private void indices(JsonText json) {
    int from = random.nextInt(120);
    json.text(",\"indices\":[").number(from).text(",").number(from + 5 + random.nextInt(18));
    json.text("]}");
  }

  private String second(long millis) {
    long epochSecond = Math.floorDiv(millis, 1000L);
    if (epochSecond != formattedSecond) {
      formattedSecond = epochSecond;
      second = SECOND.format(Instant.ofEpochSecond(epochSecond));
    }
    return second;
  }

  /** Below {@code bound}, the small ones far more often. */
  private long skewed(int bound) {
    double x = random.nextDouble();
    return (long) (bound * x * x * x);
  }
}
