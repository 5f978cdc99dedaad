package io.millrace.ndjson;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.schema.Field;
import io.millrace.schema.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * Records of a schema, as strings of Latin-1 that stand for bytes: most of them plain, some with
 * unusual but valid values.
 */
final class RandomRecords {
  private static final double UNUSUAL = 0.01;

  private final Random random;
  private final Type.Struct schema;
  private final boolean isSpaced;
  private final boolean isShuffled;

  RandomRecords(Random random, Type.Struct schema) {
    this.random = random;
    this.schema = schema;
    this.isSpaced = random.nextInt(4) == 0;
    this.isShuffled = random.nextInt(4) == 0;
  }

  String record() {
    return object(schema);
  }

  private String object(Type.Struct struct) {
    List<String> fields = new ArrayList<>();
    for (Field field : struct.fields()) {
      if (random.nextInt(8) != 0) {
        fields.add(text(field.name()) + colon() + value(field.type()));
      }
    }
    if (random.nextInt(3) == 0) {
      fields.add(
          random.nextInt(fields.size() + 1),
          "\"unknown" + random.nextInt(3) + "\"" + colon() + anything(0));
    }
    if (isShuffled && random.nextInt(3) == 0) {
      Collections.shuffle(fields, random);
    }
    return "{" + String.join(comma(), fields) + "}";
  }

  private String colon() {
    return isSpaced ? ": " : ":";
  }

  private String comma() {
    return isSpaced ? ", " : ",";
  }

  private String value(Type type) {
    if (random.nextInt(10) == 0) {
      return "null";
    }
    if (type instanceof Type.Struct struct) {
      return object(struct);
    }
    if (type instanceof Type.Array array) {
      List<String> elements = new ArrayList<>();
      for (int i = random.nextInt(5); i > 0; i--) {
        elements.add(value(array.element()));
      }
      return "[" + String.join(comma(), elements) + "]";
    }
    if (type instanceof Type.Map map) {
      List<String> entries = new ArrayList<>();
      for (int i = random.nextInt(4); i > 0; i--) {
        entries.add(text("key" + random.nextInt(9)) + colon() + value(map.value()));
      }
      return "{" + String.join(comma(), entries) + "}";
    }
    if (type instanceof Type.Decimal decimal) {
      return decimal(decimal);
    }
    boolean unusual = random.nextDouble() < UNUSUAL;
    return switch ((Type.Primitive) type) {
      case STRING -> unusual ? anything(0) : text(words());
      case BOOLEAN -> String.valueOf(random.nextBoolean());
      case BYTE -> String.valueOf(unusual ? random.nextInt(128, 256) : random.nextInt(-128, 128));
      case SHORT -> String.valueOf((short) random.nextInt());
      case INT -> String.valueOf(random.nextInt() >> random.nextInt(32));
      case LONG -> String.valueOf(random.nextLong() >> random.nextInt(64));
      case FLOAT -> unusual ? "1e-7" : number((float) random.nextGaussian());
      case DOUBLE -> floating(unusual);
      case DATE -> "\"" + date() + (unusual ? "T00:00" : "") + "\"";
      case TIMESTAMP -> timestamp(unusual);
      case TIMESTAMP_NTZ -> "\"" + date() + "T" + time() + "\"";
      case BINARY -> "\"" + Base64.getEncoder().encodeToString(bytes(random.nextInt(12))) + "\"";
    };
  }

  private String decimal(Type.Decimal type) {
    int most = random.nextDouble() < UNUSUAL ? 38 : 17;
    int digits = 1 + random.nextInt(Math.min(most, type.precision()));
    BigInteger unscaled = new BigInteger(3 * digits, random);
    BigDecimal value = new BigDecimal(unscaled, random.nextInt(type.scale() + 1));
    String text = (random.nextBoolean() ? value : value.negate()).toPlainString();
    BigDecimal limit = BigDecimal.TEN.pow(type.precision() - type.scale());
    String fitting = value.compareTo(limit) < 0 ? text : "0";
    return random.nextInt(4) == 0 ? "\"" + fitting + "\"" : fitting;
  }

  private String floating(boolean unusual) {
    return switch (random.nextInt(4)) {
      case 0 -> String.valueOf(random.nextInt(1000));
      case 1 -> number(Math.round(random.nextDouble() * 10000) / 100.0);
      case 2 -> unusual ? "1e400" : number(random.nextDouble());
      default -> unusual ? "NaN" : number(random.nextGaussian() * 1e10);
    };
  }

  private static String number(Number number) {
    return String.valueOf(number);
  }

  private String timestamp(boolean unusual) {
    return switch (random.nextInt(5)) {
      case 0 -> "\"" + date() + " " + time() + "\"";
      case 1 -> "\"" + date() + "T" + time() + "+0" + random.nextInt(10) + ":30\"";
      case 2 -> String.valueOf(random.nextInt(2_000_000_000));
      default -> "\"" + date() + "T" + time() + (unusual ? " Europe/Berlin" : "Z") + "\"";
    };
  }

  private String date() {
    return LocalDate.ofEpochDay(random.nextInt(-30_000, 30_000)).toString();
  }

  private String time() {
    int fraction = random.nextInt(4);
    String seconds = LocalTime.ofSecondOfDay(random.nextInt(86_400)).plusNanos(1).toString();
    return seconds.substring(0, 8)
        + (fraction == 0 ? "" : "." + "123456789".substring(0, 3 * fraction));
  }

  private String words() {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(6); i > 0; i--) {
      text.append(
          switch (random.nextInt(16)) {
            case 0 -> "naïve ";
            case 1 -> "日本語";
            case 2 -> "😀";
            case 3 -> "\"";
            case 4 -> "line\nline";
            case 5 -> "back\\slash";
            case 6 -> "Привет, мир";
            default -> "word" + random.nextInt(1000) + " ";
          });
    }
    return text.toString();
  }

  /** A string with this text, in one of the ways of writing it. */
  private String text(String text) {
    StringBuilder json = new StringBuilder("\"");
    boolean isEscaped = random.nextInt(60) == 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        json.append('\\').append(c);
      } else if (c == '\n') {
        json.append("\\n");
      } else if (isEscaped && c > 127) {
        json.append("\\u%04x".formatted((int) c));
      } else {
        json.append(c);
      }
    }
    return new String(json.append('"').toString().getBytes(UTF_8), ISO_8859_1);
  }

  private byte[] bytes(int count) {
    byte[] bytes = new byte[count];
    random.nextBytes(bytes);
    return bytes;
  }

  /** Any valid value. */
  private String anything(int nesting) {
    return switch (random.nextInt(nesting < 4 ? 8 : 6)) {
      case 0 -> "null";
      case 1 -> String.valueOf(random.nextBoolean());
      case 2 -> String.valueOf(random.nextInt());
      case 3 -> String.valueOf(random.nextGaussian());
      case 4, 5 -> text(words());
      case 6 -> "[" + anything(nesting + 1) + comma() + anything(nesting + 1) + "]";
      default -> "{" + text("k") + colon() + anything(nesting + 1) + "}";
    };
  }
}
