package io.millrace.notification;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SequencersTest {

  @Test
  void theShorterOneIsPaddedOnTheRight() {
    assertThat(Sequencers.compare("0055AED6DCD90281E5", "0055AED6DCD90281E6")).isNegative();
    assertThat(Sequencers.compare("0055AED6DCD9", "0055AED6DCD90281E5")).isNegative();
    assertThat(Sequencers.compare("01", "0055AED6DCD90281E5")).isPositive();
    assertThat(Sequencers.compare("005500", "0055")).isZero();
  }

  @Test
  void caseMakesNoDifference() {
    assertThat(Sequencers.compare("00ab", "00AB")).isZero();
    assertThat(Sequencers.compare("00aB", "00AC")).isNegative();
  }

  @Test
  void whatHasNoSequencerIsOldest() {
    assertThat(Sequencers.compare(null, "00")).isNegative();
    assertThat(Sequencers.compare("00", null)).isPositive();
    assertThat(Sequencers.compare(null, null)).isZero();
  }

  @Test
  void theOrderIsThatOfTheirValuesAsFractions() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int i = 0; i < 10_000; i++) {
      String left = randomSequencer(random);
      String right = randomSequencer(random);
      assertThat(Integer.signum(Sequencers.compare(left, right)))
          .as("seed %d: %s, %s", seed, left, right)
          .isEqualTo(padded(left).compareTo(padded(right)));
    }
  }

  @Test
  void onlyHexadecimalDigitsMakeASequencer() {
    assertThat(Sequencers.isValid("0055aeD6")).isTrue();
    assertThat(Sequencers.isValid("")).isFalse();
    assertThat(Sequencers.isValid("00g5")).isFalse();
    assertThat(Sequencers.isValid("00 5")).isFalse();
    assertThat(Sequencers.isValid("\u0661")).isFalse(); // a digit, of another script
  }

  private static String randomSequencer(Random random) {
    String digits = Long.toHexString(random.nextLong()).replaceFirst("^(.{1,4}).*", "$1");
    return random.nextBoolean() ? digits : digits.toUpperCase(Locale.ROOT);
  }

  private static BigInteger padded(String sequencer) {
    return new BigInteger(sequencer + "0".repeat(16 - sequencer.length()), 16);
  }
}
