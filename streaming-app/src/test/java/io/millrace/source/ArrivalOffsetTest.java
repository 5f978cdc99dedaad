package io.millrace.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArrivalOffsetTest {
  private static final UUID LEDGER = UUID.fromString("0f0e0d0c-0000-0000-0000-000000000001");
  private static final String JSON =
      "{\"v\":1,\"stream\":\"orders\",\"ledger\":\"0f0e0d0c-0000-0000-0000-000000000001\",\"ordinal\":42}";

  @Test
  void itIsOneLineOfJsonThatReadsBackAsItself() {
    ArrivalOffset offset = new ArrivalOffset("orders", LEDGER, 42);

    assertThat(offset.json()).isEqualTo(JSON);
    assertThat(ArrivalOffset.parse(JSON)).isEqualTo(offset);
    assertThat(ArrivalOffset.parse(JSON).ordinal()).isEqualTo(42);
    assertThat(ArrivalOffset.parse(JSON.replace("\"v\":1", "\"more\":true,\"v\":1")))
        .as("fields of a later writer of this version")
        .isEqualTo(offset);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "42",
        "{\"logOffset\":42}",
        "{\"v\":1",
        "{\"v\":1,\"stream\":\"orders\",\"ledger\":\"no uuid\",\"ordinal\":42}",
        "{\"v\":1,\"stream\":\"orders\",\"ledger\":\"0f0e0d0c-0000-0000-0000-000000000001\",\"ordinal\":-1}",
        "{\"v\":1,\"stream\":\"orders\",\"ledger\":\"0f0e0d0c-0000-0000-0000-000000000001\",\"ordinal\":1.5}"
      })
  void theOffsetOfAnotherSourceIsToldAsSuch(String json) {
    assertThatThrownBy(() -> ArrivalOffset.parse(json))
        .isInstanceOf(SourceException.class)
        .hasMessageContaining(json)
        .hasMessageContaining("start with a new checkpoint");
  }

  @Test
  void anOffsetOfANewerVersionIsNotGuessedAt() {
    assertThatThrownBy(() -> ArrivalOffset.parse(JSON.replace("\"v\":1", "\"v\":2")))
        .isInstanceOf(SourceException.class)
        .hasMessageContaining("its offset has version 2, this one reads up to 1");
  }
}
