package io.millrace.benchmarks.data;

import java.util.SplittableRandom;

/** The authors of posts: what is said of one follows from his number, so that he stays the same. */
final class Authors {
  private static final String[] ZONES = {
    "London", "Tokyo", "Brasilia", "Pacific Time (US & Canada)"
  };
  private static final String[] MONTHS = {
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"
  };
  private static final String[] DAYS = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};

  private final SplittableRandom counts;
  private final Vocabulary words;

  Authors(SplittableRandom counts, Vocabulary words) {
    this.counts = counts;
    this.words = words;
  }

  void append(JsonText json, long id) {
    SplittableRandom random = new SplittableRandom(id);
    json.text("{\"id\":").number(id).text(",\"id_str\":\"").number(id).text("\",\"name\":\"");
    words.sentence(json, random, 1 + random.nextInt(2));
    json.text("\",\"screen_name\":\"").text(words.anyWord(random)).number(random.nextInt(9999));
    json.text("\",\"location\":");
    if (random.nextInt(3) == 0) {
      json.text("null,\"description\":");
    } else {
      json.text("\"").text(words.word(random)).text(", ").text(words.word(random));
      json.text("\",\"description\":");
    }
    description(json, random);
    json.text(",\"protected\":false,\"verified\":").bool(random.nextInt(50) == 0);
    json.text(",\"contributors_enabled\":false,\"is_translator\":").bool(random.nextInt(90) == 0);
    counts(json);
    json.text(",\"created_at\":\"").text(DAYS[random.nextInt(7)]).text(" ");
    json.text(MONTHS[random.nextInt(12)]).text(" ").digits(1 + random.nextInt(28), 2).text(" ");
    json.digits(random.nextInt(24), 2).text(":").digits(random.nextInt(60), 2).text(":");
    json.digits(random.nextInt(60), 2).text(" +0000 ").number(2008 + random.nextInt(17));
    if (random.nextInt(2) == 0) {
      json.text("\",\"utc_offset\":").number(3600L * (random.nextInt(24) - 12));
      json.text(",\"time_zone\":\"").text(ZONES[random.nextInt(ZONES.length)]).text("\"");
    } else {
      json.text("\",\"utc_offset\":null,\"time_zone\":null");
    }
    json.text(",\"geo_enabled\":").bool(random.nextInt(3) == 0);
    profile(json, id, random);
  }

  private void description(JsonText json, SplittableRandom random) {
    if (random.nextInt(4) == 0) {
      json.text("null,\"url\":null");
      return;
    }
    json.text("\"");
    words.sentence(json, random, 3 + random.nextInt(20));
    json.text("\",\"url\":\"http:\\/\\/t.example\\/").hex(random, 10).text("\"");
  }

  private void counts(JsonText json) {
    json.text(",\"followers_count\":").number(skewed(900_000));
    json.text(",\"friends_count\":").number(skewed(9000));
    json.text(",\"listed_count\":").number(skewed(900));
    json.text(",\"favourites_count\":").number(skewed(90_000));
    json.text(",\"statuses_count\":").number(skewed(200_000));
  }

  private static void profile(JsonText json, long id, SplittableRandom random) {
    json.text(",\"lang\":\"en\",\"profile_background_color\":\"").hex(random, 6);
    json.text("\",\"profile_background_image_url\":\"http:\\/\\/images.example\\/themes\\/theme");
    int theme = random.nextInt(20);
    json.number(theme).text("\\/bg.png\",\"profile_background_image_url_https\":");
    json.text("\"https:\\/\\/images.example\\/themes\\/theme").number(theme);
    json.text("\\/bg.png\",\"profile_background_tile\":").bool(random.nextInt(4) == 0);
    long image = random.nextLong(1L << 56, 1L << 60);
    json.text(",\"profile_image_url\":\"http:\\/\\/images.example\\/profile_images\\/");
    json.number(image).text("\\/").number(id);
    json.text("_normal.jpeg\",\"profile_image_url_https\":\"https:\\/\\/images.example");
    json.text("\\/profile_images\\/").number(image).text("\\/").number(id);
    json.text("_normal.jpeg\",\"profile_banner_url\":\"https:\\/\\/images.example\\/banners\\/");
    json.number(id).text("\\/").number(1_400_000_000L + random.nextInt(300_000_000));
    json.text("\",\"profile_link_color\":\"").hex(random, 6);
    json.text("\",\"profile_sidebar_border_color\":\"C0DEED\",\"profile_sidebar_fill_color\":\"");
    json.hex(random, 6)
        .text("\",\"profile_text_color\":\"333333\",\"profile_use_background_image\":");
    json.bool(random.nextInt(5) > 0);
    json.text(",\"default_profile\":").bool(random.nextInt(3) == 0);
    json.text(",\"default_profile_image\":false,\"following\":null,\"follow_request_sent\":null");
    json.text(",\"notifications\":null}");
  }

  private long skewed(int bound) {
    double x = counts.nextDouble();
    return (long) (bound * x * x * x);
  }
}
