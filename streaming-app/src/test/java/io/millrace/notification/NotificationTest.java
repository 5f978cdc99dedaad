package io.millrace.notification;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.notification.Notification.Origin;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NotificationTest {

  @ParameterizedTest
  @CsvSource({
    "1970-01-01T00:00:00Z, 0",
    "2026-05-04T03:02:01.123456789Z, 1777863721123456",
    "2262-04-12T00:00:00Z, 9223372800000000",
    "9999-12-31T23:59:59.999Z, 253402300799999000",
    "+300000000-01-01T00:00:00Z, 253402300799999000",
    "-300000000-01-01T00:00:00Z, 0",
  })
  void everyEventTimeHasMicroseconds(Instant time, long micros) {
    assertThat(at(time).eventTimeMicros()).isEqualTo(micros);
  }

  private static Notification at(Instant time) {
    return new Notification("lake", "a", null, "e", "00", 1, time, Origin.EVENT);
  }
}
