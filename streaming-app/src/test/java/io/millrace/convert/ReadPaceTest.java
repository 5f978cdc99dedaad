package io.millrace.convert;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.Test;

class ReadPaceTest {
  private static final int MOST = 8;

  private long now;
  private final ReadPace pace = new ReadPace(MOST, () -> now);

  @Test
  void asManyRequestsAsMayBeWhereTheNetworkIsSlowerThanAll() {
    assertThat(judge(100, requests -> 95)).containsOnly(MOST);
  }

  @Test
  void oneRequestWhereItDeliversFasterThanIsRead() {
    assertThat(judge(100, requests -> 10 / requests)).startsWith(4, 2, 1).endsWith(1, 1, 1);
  }

  @Test
  void fewerThanAreNeededAreTriedTheMoreSeldomTheMoreOftenTheyWereTooFew() {
    List<Integer> requests = judge(10_000, count -> count < 4 ? 100 : 0);

    assertThat(requests).filteredOn(count -> count < 4).hasSizeBetween(2, 20);
    assertThat(requests.subList(9_000, 10_000)).filteredOn(count -> count < 4).hasSizeLessThan(3);
  }

  @Test
  void nothingChangesWhereItIsJustEnough() {
    judge(1, count -> 0);
    assertThat(judge(100, count -> 60)).containsOnly(MOST / 2);
  }

  @Test
  void whatIsLeftOutOfAccountChangesNothing() {
    read(100);
    pace.restart();
    assertThat(judge(1, count -> 0)).containsOnly(MOST / 2);
  }

  /** So many judgements; what each decides for. */
  private List<Integer> judge(int times, IntUnaryOperator waitedPercent) {
    List<Integer> requests = new ArrayList<>();
    for (int i = 0; i < times; i++) {
      read(waitedPercent.applyAsInt(pace.requests()));
      pace.beforeRead();
      pace.judge();
      requests.add(pace.requests());
    }
    return requests;
  }

  private void read(int waitedPercent) {
    pace.beforeRead();
    now += waitedPercent;
    pace.afterRead();
    now += 100 - waitedPercent;
    pace.beforeRead();
  }
}
