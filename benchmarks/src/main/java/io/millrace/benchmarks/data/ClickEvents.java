package io.millrace.benchmarks.data;

import java.util.SplittableRandom;

/** Clicks in a shop. */
final class ClickEvents implements RecordMaker {
  private static final String[] TYPES = {
    "page_view",
    "page_view",
    "page_view",
    "click",
    "click",
    "scroll",
    "add_to_cart",
    "search",
    "purchase",
    "login"
  };
  private static final String[] COUNTRIES = {
    "US", "US", "US", "DE", "GB", "FR", "IN", "BR", "JP", "CA", "AU", "NL", "ES", "IT", "SE", "PL"
  };
  private static final String[] OS = {"Android", "iOS", "Windows", "macOS", "Linux"};
  private static final String[] PLATFORMS = {
    "Linux; Android 14; SM-S9",
    "iPhone; CPU iPhone OS 17_",
    "Windows NT 10.0; Win64; x64; rv:",
    "Macintosh; Intel Mac OS X 10_15_",
    "X11; Linux x86_64; rv:"
  };
  private static final String[] CHANNELS = {"newsletter", "search", "social", "partner", "display"};
  private static final int USERS = 2_000_000;
  private static final int PRODUCTS = 300_000;

  private final SplittableRandom random;
  private final Vocabulary words;
  private final Clock clock = new Clock(12);

  ClickEvents(long seed) {
    random = new SplittableRandom(seed);
    words = new Vocabulary(seed ^ 1, 20_000, false);
  }

  @Override
  public void append(JsonText json) {
    int type = random.nextInt(TYPES.length);
    json.text("{\"event_id\":\"").hex(random, 8).text("-").hex(random, 4).text("-4");
    json.hex(random, 3).text("-a").hex(random, 3).text("-").hex(random, 12);
    json.text("\",\"event_time\":\"");
    long time = clock.next(random);
    clock.append(json, time);
    json.text("\",\"event_type\":\"").text(TYPES[type]);
    json.text("\",\"user_id\":").number(100_000_000L + skewed(USERS));
    json.text(",\"session_id\":\"").hex(random, 16).hex(random, 16);
    json.text("\",\"logged_in\":").bool(random.nextInt(10) < 3);
    page(json);
    device(json);
    geo(json);
    json.text(",\"load_ms\":").number(40 + skewed(4000));
    json.text(",\"scroll_depth\":").text(Double.toString(random.nextDouble()));
    if (type >= 6) {
      json.text(",\"cart_value\":").fixed(99 + skewed(80_000), 2);
    }
    json.text(",\"items\":[");
    int items = type >= 6 ? 1 + random.nextInt(4) : 0;
    for (int i = 0; i < items; i++) {
      json.number(10_000 + skewed(PRODUCTS)).text(i + 1 < items ? "," : "");
    }
    json.text("],\"experiments\":[\"checkout-").number(random.nextInt(4)).text("\",\"ranking-");
    json.number(random.nextInt(12)).text("\"]");
    if (random.nextInt(4) == 0) {
      json.text(",\"utm_source\":\"").text(CHANNELS[random.nextInt(CHANNELS.length)]).text("\"");
    } else {
      json.text(",\"utm_source\":null");
    }
    json.text("}");
  }

  private void page(JsonText json) {
    json.text(",\"page\":{\"url\":\"https://www.shop.example/");
    json.text(words.word(random)).text("/").text(words.word(random)).text("-");
    json.text(words.anyWord(random)).text("-").number(10_000 + skewed(PRODUCTS));
    json.text("?pos=").number(random.nextInt(60)).text("&src=").hex(random, 6);
    json.text("\",\"title\":\"");
    words.sentence(json, random, 3 + random.nextInt(4));
    json.text("\",\"referrer\":");
    if (random.nextInt(3) == 0) {
      json.text("\"https://www.search.example/?q=").text(words.word(random)).text("+");
      json.text(words.word(random)).text("\"}");
    } else {
      json.text("\"https://www.shop.example/").text(words.word(random)).text("\"}");
    }
  }

  private void device(JsonText json) {
    int os = random.nextInt(OS.length);
    int version = 100 + (int) skewed(40);
    json.text(",\"device\":{\"type\":\"").text(os < 2 ? "mobile" : "desktop");
    json.text("\",\"os\":\"").text(OS[os]);
    json.text("\",\"user_agent\":\"Mozilla/5.0 (").text(PLATFORMS[os]).number(skewed(9));
    json.text(") AppleWebKit/537.36 (KHTML, like Gecko) Chrome/").number(version);
    json.text(".0.").number(6000 + skewed(300)).text(".").number(skewed(200));
    json.text(" Safari/537.36\",\"width\":").number(360 + 40 * skewed(50));
    json.text(",\"height\":").number(640 + 40 * skewed(40)).text("}");
  }

  private void geo(JsonText json) {
    json.text(",\"geo\":{\"country\":\"").text(COUNTRIES[random.nextInt(COUNTRIES.length)]);
    json.text("\",\"city\":\"").text(words.word(random));
    json.text("\",\"latitude\":").fixed(random.nextInt(-60_000_000, 70_000_000), 6);
    json.text(",\"longitude\":").fixed(random.nextInt(-180_000_000, 180_000_000), 6);
    json.text("},\"ip\":\"").number(1 + random.nextInt(222)).text(".").number(random.nextInt(256));
    json.text(".").number(random.nextInt(256)).text(".").number(random.nextInt(256)).text("\"");
  }

  /** Below {@code bound}, the small ones far more often. */
  private long skewed(int bound) {
    double x = random.nextDouble();
    return (long) (bound * x * x * x);
  }
}
