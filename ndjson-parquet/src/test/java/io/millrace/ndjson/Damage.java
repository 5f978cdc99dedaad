package io.millrace.ndjson;

import java.util.List;
import java.util.Random;

/**
 * Damages records in the ways that records are damaged: bytes that change, vanish or come twice,
 * values of another type or at the edge of their type's range, keys that come twice.
 *
 * <p>Records are strings of Latin-1 that stand for bytes.
 */
final class Damage {
  private static final List<String> VALUES =
      List.of(
          // Numbers.
          "0",
          "-0",
          "-0.0",
          "0.0",
          "1.0",
          "1e2",
          "1E-5",
          "127",
          "128",
          "200",
          "255",
          "256",
          "-128",
          "-129",
          "32767",
          "32768",
          "-32768",
          "-32769",
          "2147483647",
          "2147483648",
          "-2147483648",
          "-2147483649",
          "9223372036854775807",
          "9223372036854775808",
          "-9223372036854775808",
          "-9223372036854775809",
          "18446744073709551616",
          "999999999999999999",
          "1e400",
          "-1e400",
          "1e-999",
          "0.1e-400",
          "4.9e-324",
          "2.4703282292062327e-324",
          "1.7976931348623157e308",
          "1.7976931348623159e308",
          "3.4028235e38",
          "3.4028236e38",
          "1.401298464324817e-45",
          "16777217",
          "16777217.0",
          "9007199254740993",
          "9007199254740993.0",
          "0.30000000000000004",
          "1.50",
          "123456789012345678901234567890",
          "12345678901234567890.5",
          "1.00000017881393432617187499",
          "1.00000017881393432617187501",
          "01",
          "-01",
          "00",
          "1.",
          ".5",
          "+1",
          "-",
          "--1",
          "1e",
          "1e+",
          "1e5000",
          "1e-5000",
          "1e99999",
          "0e99999",
          "0x10",
          "1_000",
          "1f",
          "NaN",
          "-NaN",
          "Infinity",
          "-Infinity",
          "+Infinity",
          "INF",
          "-INF",
          "+INF",
          "\"NaN\"",
          "\"Infinity\"",
          "\"-Infinity\"",
          "\"+INF\"",
          "\"-INF\"",
          "\"nan\"",
          "0.005",
          "0.0049999",
          "0.5",
          "-0.5",
          "0.05",
          "99999999.995",
          "9.99",
          "-9.995",
          "1e5",
          "1e-5",
          "1e37",
          "1e38",
          "\"12,345.67\"",
          "\"1.5\"",
          "\" 1.5\"",
          "\"1e3\"",
          "\"007\"",
          "\"-1\"",
          "\"+1\"",
          "\".5\"",
          "\"5.\"",
          "\"1e400\"",
          "\"1f\"",
          "\"0x1\"",
          // Texts.
          "\"\"",
          "\" \"",
          "\"a\"",
          "\"\\u0041\"",
          "\"\\ud83d\\ude00\"",
          "\"\\ud83d\"",
          "\"\\ude00\"",
          "\"\\ud83dx\"",
          "\"\\ud83d\\u0041\"",
          "\"\\ud83d\\n\"",
          "\"\\u12\"",
          "\"\\u00zz\"",
          "\"\\u00e9\\u20AC\"",
          "\"\\q\"",
          "\"\\",
          "\"\\\"",
          "\"\\/\\b\\f\\r\\t\"",
          "\"\\u0000\"",
          "\"a\tb\"",
          "\"a\0b\"",
          "\"\u00C3\u00A9\"",
          "\"\u00C3(\"",
          "\"\u00C0\u0080\"",
          "\"\u00E0\u0080\u00AF\"",
          "\"\u00ED\u00A0\u0080\"",
          "\"\u00F4\u0090\u0080\u0080\"",
          "\"\u00F0\u009F\u0098\u0080\"",
          "\"\u00F0\u009F\u0098\"",
          "\"\u00FF\"",
          "\"\u00E2\u0082\"",
          "\"\u0080\"",
          "\"\u007F\"",
          "'single'",
          "'it\\'s'",
          "\"it's\"",
          "'\"'",
          "unquoted",
          "\"unclosed",
          // Dates.
          "\"2024-02-29\"",
          "\"2023-02-29\"",
          "\"2024-2-9\"",
          "\"+2024-01-01\"",
          "\"-0001-01-01\"",
          "\"0000-01-01\"",
          "\"9999-12-31\"",
          "\"12345\"",
          "\"12345-01-01\"",
          "\"1234567-01-01\"",
          "\"12345678\"",
          "\"1582-10-10\"",
          "\"1500-02-29\"",
          "\"-719162\"",
          "\"-141428\"",
          "\"-141427\"",
          "\"-9999999\"",
          "\"365\"",
          "\"2024\"",
          "\"2024-06\"",
          "\"2024-06-01T\"",
          "\"2024-06-01 anything\"",
          "\"2024-06T\"",
          "\"20240601\"",
          "\" 2024-06-01 \"",
          "\"2024-06-01GMT\"",
          "\"2024-00-01\"",
          "\"2024-13-01\"",
          "\"2024-01-00\"",
          "\"2024-04-31\"",
          "\"1900-02-29\"",
          "\"2000-02-29\"",
          "\"24-06-01\"",
          "\"2024/06/01\"",
          "\"\\u0032024-06-01\"",
          "\"2024-06-01\\n\"",
          // Times.
          "\"2024-02-29T12:34:56Z\"",
          "\"2024-02-29T12:34:56.1\"",
          "\"2024-02-29T12:34:56.1234567\"",
          "\"2024-02-29T12:34:56.123456789123Z\"",
          "\"2024-02-29 12:34:56 UTC\"",
          "\"2024-02-29T12:34:56+01:00\"",
          "\"2024-02-29T12:34:56-01:30\"",
          "\"2024-02-29T12:34:56+1:00\"",
          "\"2024-02-29T12:34:56+01:5\"",
          "\"2024-02-29T12:34:56+0100\"",
          "\"2024-02-29T12:34:56+01\"",
          "\"2024-02-29T12:34:56-18:00\"",
          "\"2024-02-29T12:34:56+18:01\"",
          "\"2024-02-29T12:34:56+17:59\"",
          "\"2024-02-29T12:34:56+01:60\"",
          "\"2024-02-29T12:34:56GMT\"",
          "\"2024-02-29T12:34:56GMT+01:00\"",
          "\"GMT2024-02-29T12:34:56\"",
          "\"2024-02-29T12:34:56 America/New_York\"",
          "\"2024-02-29T12:34:56PST\"",
          "\"2024-02-29T12:34:56z\"",
          "\"2024-02-29T12:34:56 Z\"",
          "\"2024-02-29t12:34:56Z\"",
          "\"2024-02-29T12:34:56.Z\"",
          "\"2024-02-29T12:34:56.\"",
          "\"2024-02-29T12:34:56,5\"",
          "\"2024-03-10T02:30:00\"",
          "\"2024-11-03T01:30:00\"",
          "\"1800-01-01T00:00:00\"",
          "\"1883-11-18T12:03:58\"",
          "\"0001-01-01T00:00:00Z\"",
          "\"9999-12-31T23:59:59.999999Z\"",
          "\"294247-01-10T04:00:54.775807Z\"",
          "\"294247-01-10T04:00:54.775808Z\"",
          "\"-290308-12-21T19:59:05.224192Z\"",
          "\"-290308-12-21T19:59:05.224191Z\"",
          "\"2024-02-29T24:00:00\"",
          "\"2024-02-29T12:60:00\"",
          "\"2024-02-29T12:34:60\"",
          "\"2024-02-29T12:34\"",
          "\"2024-02-29T12:34Z\"",
          "\"2024-02-29T12\"",
          "\"2024-02-29T1:2:3\"",
          "\"2024-02-29T12:34:56 \"",
          "\"2024-02-29T12:34:5\"",
          "\"2024-02-29T123:34:56\"",
          "\"2024-02-29  12:34:56\"",
          "\"2024-2-9 1:2:3.4 +1:0\"",
          "1709210096",
          "-1",
          "1709210096.5",
          "1e9",
          // Bytes.
          "\"AQID\"",
          "\"AQI=\"",
          "\"AQ==\"",
          "\"AQ\"",
          "\"AQI\"",
          "\"A\"",
          "\"====\"",
          "\"AQ=A\"",
          "\"AQID====\"",
          "\"AQ ID\"",
          "\"AQ\\nID\"",
          "\"A\\u0051ID\"",
          "\"_-8=\"",
          "\"+/8=\"",
          "\"AR==\"",
          "\"AQID AQID\"",
          // Others.
          "true",
          "false",
          "null",
          "tru",
          "nul",
          "truex",
          "nullx",
          "TRUE",
          "\"true\"",
          "{}",
          "[]",
          "{\"x\":1}",
          "{\"x\":1,}",
          "[1,2]",
          "[1,2,]",
          "[,]",
          "[1 2]",
          "[[[]]]",
          "[{}]",
          "[null]",
          "{\"a\":{\"b\":[{}]}}",
          "{\"k\":1,\"k\":2}",
          "{\"k\"}",
          "{\"k\":}",
          "{1:2}",
          "{'k':1}",
          "{k:1}",
          "[1.50, 2e1, -0, \"x\\u0041\", NaN]",
          "[ 1 , { \"a\" : [ ] } ]",
          "//c",
          "/*c*/1",
          "1 /*c*/",
          "#c",
          "",
          "[".repeat(40) + "]".repeat(40),
          "[".repeat(70) + "]".repeat(70),
          "{\"a\":".repeat(66) + "1" + "}".repeat(66),
          "[".repeat(998) + "]".repeat(998),
          "[".repeat(1001) + "]".repeat(1001),
          "1".repeat(60),
          "1".repeat(1000),
          "1".repeat(1001),
          "0." + "1".repeat(998),
          "0." + "1".repeat(999),
          "1" + "0".repeat(400),
          "[".repeat(1100));

  private static final String TOKENS =
      "{}[]:,\"'\\/-+.eE0123456789tfnNI \t\0\u0001\u0080\u00C3\u00E2\u00FF";

  private final Random random;

  Damage(Random random) {
    this.random = random;
  }

  String damage(String record) {
    String damaged = record;
    for (int i = 1 + random.nextInt(2); i > 0; i--) {
      damaged = random.nextInt(5) < 3 ? replaceValue(damaged) : changeBytes(damaged);
    }
    return damaged;
  }

  /** Puts a value in the place of one that follows a colon, or a field in front of another. */
  private String replaceValue(String record) {
    int colon = record.indexOf(':', random.nextInt(record.length() + 1));
    if (colon < 0) {
      return changeBytes(record);
    }
    String value = VALUES.get(random.nextInt(VALUES.size()));
    int end = valueEnd(record, colon + 1);
    int key = record.lastIndexOf('"', Math.max(0, colon - 2));
    if (key > 0 && random.nextInt(4) == 0) {
      return record.substring(0, end)
          + ","
          + record.substring(key, colon + 1)
          + value
          + record.substring(end);
    }
    return record.substring(0, colon + 1) + value + record.substring(end);
  }

  private static int valueEnd(String record, int from) {
    int depth = 0;
    boolean quoted = false;
    for (int i = from; i < record.length(); i++) {
      char c = record.charAt(i);
      if (c == '"') {
        quoted = !quoted;
      } else if (c == '\\') {
        i++;
      } else if (!quoted && (c == '{' || c == '[')) {
        depth++;
      } else if (!quoted && (c == '}' || c == ']' || c == ',')) {
        if (depth == 0) {
          return i;
        }
        depth -= c == ',' ? 0 : 1;
      }
    }
    return record.length();
  }

  private String changeBytes(String record) {
    int at = random.nextInt(record.length() + 1);
    int end = Math.min(record.length(), at + 1 + random.nextInt(random.nextInt(4) == 0 ? 20 : 2));
    String before = record.substring(0, at);
    String behind = record.substring(end);
    char token = TOKENS.charAt(random.nextInt(TOKENS.length()));
    return switch (random.nextInt(8)) {
      case 0 -> before + behind;
      case 1 -> before + token + behind;
      case 2 -> before + token + record.substring(at);
      case 3 -> before + record.substring(at, end) + record.substring(at);
      case 4 -> before;
      case 5 -> before + (char) random.nextInt(256) + behind;
      case 6 -> record + behind;
      default -> " ".repeat(random.nextInt(3)) + before + "\t " + record.substring(at);
    };
  }
}
