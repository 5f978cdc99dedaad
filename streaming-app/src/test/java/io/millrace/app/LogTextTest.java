package io.millrace.app;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LogTextTest {

  @Test
  void noCharacterBeginsALineOrTurnsOne() {
    assertThat(LogText.escaped("a\nINFO forged\r\t\u001b[2J\u2028\u202egnp.exe\u0085"))
        .isEqualTo("a\\u000aINFO forged\\u000d\\u0009\\u001b[2J\\u2028\\u202egnp.exe\\u0085");
  }

  @Test
  void ordinaryKeysStayAsTheyAre() {
    assertThat(LogText.escaped("in/date=2026-11-01/réd flower+€ 😀.json"))
        .isEqualTo("in/date=2026-11-01/réd flower+€ 😀.json");
  }

  @Test
  void anEscapeCannotBeForged() {
    assertThat(LogText.escaped("a\\u000ab")).isEqualTo("a\\\\u000ab");
  }

  @Test
  void longTextsAreCut() {
    assertThat(LogText.escaped("x".repeat(5_000)))
        .isEqualTo("x".repeat(LogText.MAX_CHARACTERS) + "…");
    assertThat(LogText.escaped("x".repeat(1_024))).hasSize(1_024);
  }
}
