package io.millrace.benchmarks.parse;

import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Random;

/** Pieces of text that records are made of. */
final class RandomText {
  private static final String SYLLABLES = "lamerokitunasovebidogupaxyzehiwoqucrystflenbrou";

  private final Random random;

  RandomText(Random random) {
    this.random = random;
  }

  String hex(int digits) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < digits; i++) {
      text.append(Character.forDigit(random.nextInt(16), 16));
    }
    return text.toString();
  }

  /** A word of some syllables; there are many. */
  String word() {
    StringBuilder text = new StringBuilder();
    for (int i = 2 + random.nextInt(3); i > 0; i--) {
      int at = random.nextInt(SYLLABLES.length() - 3);
      text.append(SYLLABLES, at, at + 2 + random.nextInt(2));
    }
    return text.toString();
  }

  /** Words with blanks between, some of other scripts. */
  String sentence(int words) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < words; i++) {
      switch (random.nextInt(14)) {
        case 0 -> text.append("größer café");
        case 1 ->
            text.append((char) (0x3041 + random.nextInt(80)))
                .append((char) (0x4E00 + random.nextInt(9000)));
        case 2 -> text.appendCodePoint(0x1F600 + random.nextInt(60));
        default -> text.append(word());
      }
      text.append(' ');
    }
    return text.toString();
  }

  String time() {
    LocalDateTime time =
        LocalDateTime.ofEpochSecond(
            1_700_000_000 + random.nextInt(40_000_000),
            1_000_000 * random.nextInt(1, 1000),
            ZoneOffset.UTC);
    String text = time.toString();
    return text + "000".substring(0, 23 - text.length()) + "Z";
  }

  /** A number between minus and plus the half of a range, with so many digits behind the point. */
  String decimal(int range, int digits) {
    double power = Math.pow(10, digits);
    return String.valueOf(Math.round((random.nextDouble() - 0.5) * range * power) / power);
  }

  String oneOf(String... texts) {
    return texts[random.nextInt(texts.length)];
  }
}
