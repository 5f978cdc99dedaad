package io.millrace.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BindAddressTest {

  @Test
  void theDefaultIsForThisMachineOnly() {
    assertThat(BindAddress.DEFAULT).hasToString("127.0.0.1:9404");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.0.0.0:9404", "localhost:0", "[::1]:65535"})
  void anAddressIsPrintedAsItIsRead(String text) {
    assertThat(BindAddress.parse(text)).hasToString(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"9404", "localhost", "localhost:", "localhost:65536", "a:b", "a:1/x", ""})
  void whatIsNoAddressIsRefused(String text) {
    assertThatThrownBy(() -> BindAddress.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("must be host:port, such as 0.0.0.0:9404 or 127.0.0.1:0");
  }
}
