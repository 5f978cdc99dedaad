package io.millrace.request;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class StorageRequestsTest {
  private static final StorageRequests EARLY = requests(3, 1, 0);
  private static final StorageRequests LATE = requests(5, 1, 2);

  @Test
  void ofOneProcessTheLaterCountsWhicheverIsToldFirst() {
    assertThat(EARLY.later(LATE)).isEqualTo(LATE);
    assertThat(LATE.later(EARLY)).isEqualTo(LATE);
    assertThat(LATE.later(StorageRequests.NOTHING)).isEqualTo(LATE);
  }

  @Test
  void ofTwoProcessesBothCount() {
    assertThat(EARLY.plus(LATE)).isEqualTo(requests(8, 2, 2));
    assertThat(StorageRequests.NOTHING.plus(LATE)).isEqualTo(LATE);
  }

  private static StorageRequests requests(long reads, long retries, long failures) {
    RequestCounts counts =
        new RequestCounts(
            Map.of("GetObject", reads),
            Map.of(FailureCause.THROTTLED, retries),
            failures == 0 ? Map.of() : Map.of(FailureCause.REFUSED, failures));
    return new StorageRequests(counts, counts, counts);
  }
}
