package io.millrace.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CodecTest {
  @ParameterizedTest
  @CsvSource({
    "zstd, zstd:1",
    "ZSTD:22, zstd:22",
    "zstd:-7, zstd:-7",
    "zstd:0, zstd:0",
    "gzip, gzip:6",
    "gzip:9, gzip:9",
    "snappy, snappy",
    "none, none"
  })
  void readsNamesAndLevelsAndWritesThemSo(String text, String written) {
    Codec codec = Codec.parse(text);

    assertThat(codec).hasToString(written);
    assertThat(Codec.parse(written)).isEqualTo(codec);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "lzo",
        "zstd:",
        "zstd:x",
        "zstd:1:2",
        "zstd:23",
        "zstd:-8",
        "gzip:0",
        "gzip:10",
        "snappy:1",
        "none:1",
        " zstd",
        "UNCOMPRESSED"
      })
  void refusesAllElse(String text) {
    assertThatThrownBy(() -> Codec.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "'%s' is no codec: use zstd, zstd:LEVEL with -7 to 22, snappy, gzip, gzip:LEVEL with 1 to 9 or none",
            text);
  }

  @Test
  void namesTheLevelsThatThereAre() {
    assertThatThrownBy(() -> Codec.zstd(23))
        .hasMessage("zstd has no level 23: zstd has -7 to 22, gzip 1 to 9");
    assertThatThrownBy(() -> Codec.gzip(0))
        .hasMessage("gzip has no level 0: zstd has -7 to 22, gzip 1 to 9");
    assertThatThrownBy(() -> new Codec(Codec.Algorithm.SNAPPY, 1))
        .hasMessage("snappy has no level 1: zstd has -7 to 22, gzip 1 to 9");
  }
}
