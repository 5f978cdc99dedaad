package io.millrace.benchmarks.parse;

import java.util.Random;

/** Writes one message with its author, entities and the fields that nobody reads. */
final class Tweet {
  private final StringBuilder out;
  private final Random random;
  private final RandomText text;

  Tweet(StringBuilder out, Random random) {
    this.out = out;
    this.random = random;
    this.text = new RandomText(random);
  }

  void append() {
    long id = random.nextLong(1L << 60);
    out.append("{\"created_at\":\"").append(text.time()).append("\",\"id\":").append(id);
    string("id_str", String.valueOf(id));
    out.append(",\"text\":\"").append(text.sentence(8 + random.nextInt(12)));
    out.append("\\n\\u0040").append(text.word()).append(" \\\"").append(text.word());
    out.append("\\\" https:\\/\\/t.co\\/").append(text.hex(10)).append('"');
    string("source", "<a href=\\\"http://example.com/" + text.word() + "\\\">Web</a>");
    out.append(",\"truncated\":").append(random.nextBoolean());
    out.append(",\"in_reply_to_status_id\":null,\"in_reply_to_user_id\":null,\"user\":");
    user();
    out.append(",\"geo\":null,\"coordinates\":");
    if (random.nextInt(4) == 0) {
      out.append("{\"type\":\"Point\",\"coordinates\":[").append(random.nextDouble());
      out.append(',').append(text.decimal(180, 7)).append("]}");
    } else {
      out.append("null");
    }
    out.append(",\"retweet_count\":").append(random.nextInt(5000));
    out.append(",\"favorite_count\":").append(random.nextInt(50000));
    entities();
    if (random.nextInt(2) == 0) {
      out.append(",\"quoted_user\":");
      user();
    }
    out.append(",\"counts\":{\"").append(text.word()).append("\":").append(random.nextInt(99));
    out.append(",\"reads\":").append(random.nextInt(9999)).append('}');
    out.append(",\"favorited\":false,\"lang\":\"").append(text.oneOf("en", "de", "ja"));
    out.append("\",\"timestamp_ms\":\"")
        .append(1_700_000_000_000L + random.nextInt())
        .append("\"}");
  }

  private void user() {
    out.append("{\"id\":").append(random.nextLong(1L << 40));
    string("name", text.sentence(2));
    string("screen_name", text.word() + "_" + text.word());
    string("location", text.word());
    string("url", "https:\\/\\/" + text.word() + ".example\\/" + text.hex(6));
    string("description", text.sentence(5 + random.nextInt(15)));
    out.append(",\"protected\":false,\"verified\":").append(random.nextInt(50) == 0);
    for (String name : new String[] {"followers", "friends", "listed", "favourites", "statuses"}) {
      out.append(",\"").append(name).append("_count\":").append(random.nextInt(100_000));
    }
    string("created_at", text.time());
    out.append(",\"utc_offset\":null,\"time_zone\":null,\"geo_enabled\":true");
    string("lang", text.oneOf("en", "de", "ja"));
    out.append(",\"contributors_enabled\":false,\"is_translator\":false");
    string("profile_background_color", text.hex(6));
    string("profile_background_image_url", "http:\\/\\/img.example\\/" + text.hex(24) + ".png");
    string("profile_image_url", "http:\\/\\/img.example\\/" + text.hex(24) + "_normal.jpeg");
    string("profile_link_color", text.hex(6));
    out.append(",\"default_profile\":false,\"following\":null}");
  }

  private void entities() {
    out.append(",\"entities\":{\"hashtags\":[");
    for (int i = random.nextInt(4); i > 0; i--) {
      out.append("{\"text\":\"").append(text.word()).append('"');
      indices(i > 1 ? "," : "");
    }
    out.append("],\"urls\":[");
    for (int i = random.nextInt(3); i > 0; i--) {
      out.append("{\"url\":\"https:\\/\\/t.co\\/").append(text.hex(10)).append('"');
      string(
          "expanded_url", "https://" + text.word() + ".example/" + text.word() + "/" + text.hex(8));
      string("display_url", text.word() + ".example/" + text.word());
      indices(i > 1 ? "," : "");
    }
    out.append("],\"user_mentions\":[");
    for (int i = random.nextInt(4); i > 0; i--) {
      out.append("{\"screen_name\":\"").append(text.word()).append('"');
      string("name", text.sentence(2));
      out.append(",\"id\":").append(random.nextLong(1L << 40));
      string("id_str", text.hex(9));
      indices(i > 1 ? "," : "");
    }
    out.append("],\"symbols\":[]}");
  }

  private void indices(String behind) {
    int from = random.nextInt(200);
    out.append(",\"indices\":[")
        .append(from)
        .append(',')
        .append(from + 9)
        .append("]}")
        .append(behind);
  }

  private void string(String name, String value) {
    out.append(",\"").append(name).append("\":\"").append(value).append('"');
  }
}
