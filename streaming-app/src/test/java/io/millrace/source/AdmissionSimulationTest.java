package io.millrace.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.millrace.source.SimulatedCluster.Batch;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How batches follow the speed of a cluster, over simulated hours. */
class AdmissionSimulationTest {
  private static final double TARGET = 60;
  private static final long GIB = 1L << 30;
  private static final AdmissionLimits WIDE = new AdmissionLimits(1_000_000, Long.MAX_VALUE);

  private SimulatedCluster cluster = cluster(TARGET, GIB, 1);

  @Test
  void batchesGrowToTheTargetAndNeverBeyondIt() {
    cluster.objectBytes = 100_000_000;
    cluster.wait(50_000);

    List<Batch> first = cluster.batches(10);

    assertThat(first).allMatch(batch -> batch.seconds() < 1.01 * TARGET);
    for (int i = 1; i < first.size(); i++) {
      double growth = (double) first.get(i).bytes() / first.get(i - 1).bytes();
      assertThat(growth).isBetween(0.98, BatchSize.MAX_GROWTH + 0.01);
    }
    assertThat(first.subList(5, 10)).allMatch(batch -> batch.seconds() > 0.95 * TARGET);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.125, 0.5, 2, 8})
  void batchesComeToTheTargetAfterAnyChangeOfSpeedWithoutOvershoot(double factor) {
    cluster.objectBytes = 10_000_000;
    cluster.wait(500_000);
    cluster.batches(10);

    cluster.bytesPerSecond *= factor;
    List<Batch> after = cluster.batches(10);

    // The batch under way can't be called back.
    assertThat(after.get(0).seconds()).isBetween(0.9 * TARGET / factor, 1.1 * TARGET / factor + 5);
    for (int i = 1; i < after.size(); i++) {
      double before = after.get(i - 1).seconds();
      double now = after.get(i).seconds();
      assertThat(now).isBetween(Math.min(before, 0.95 * TARGET), Math.max(before, 1.05 * TARGET));
    }
    assertThat(after.subList(6, 10))
        .allSatisfy(batch -> assertThat(batch.seconds()).isBetween(0.9 * TARGET, 1.1 * TARGET));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void batchesOfAnUnsteadyClusterScatterAsItDoesAndDoNotSwing(long seed) {
    cluster = cluster(TARGET, GIB, seed);
    cluster.noise = 0.3;
    cluster.objectBytes = 100_000_000;
    cluster.arrivalsPerSecond = 30; // more than it converts, so that all batches are full
    cluster.batches(10);

    double[] logs =
        cluster.batches(300).stream().mapToDouble(b -> Math.log(b.seconds() / TARGET)).toArray();

    String run = "seed " + seed;
    double mean = mean(logs);
    assertThat(mean).as(run).isEqualTo(0, within(0.15));
    double variance = 0;
    double together = 0;
    for (int i = 0; i < logs.length; i++) {
      assertThat(logs[i]).as(run).isBetween(-1.5, 1.5);
      variance += (logs[i] - mean) * (logs[i] - mean);
      together += i == 0 ? 0 : (logs[i] - mean) * (logs[i - 1] - mean);
    }
    assertThat(Math.sqrt(variance / logs.length)).as(run).isLessThan(1.3 * cluster.noise);
    // -1 where long and short batches alternate; a quarter of it is the price of following.
    assertThat(together / variance).as(run).isGreaterThan(-0.45);
  }

  @ParameterizedTest
  @ValueSource(longs = {11, 12, 13})
  void aBacklogDrainsAsFastAsTheClusterCanWhileMoreArrives(long seed) {
    cluster = cluster(TARGET, 100 * GIB, seed);
    cluster.noise = 0.2;
    cluster.bytesPerSecond = 30e9;
    cluster.arrivalsPerSecond = 14_083 / 3600.0;
    cluster.wait(30_000);

    while (cluster.waiting() > 300) {
      cluster.bytesPerSecond = (int) (cluster.now / 1800) % 2 == 0 ? 30e9 : 24e9;
      cluster.step();
      assertThat(cluster.now).as("seed " + seed).isLessThan(7 * 3600);
    }

    double converted =
        cluster.batches.stream().mapToLong(Batch::bytes).sum() / cluster.now; // per second
    assertThat(converted).as("seed " + seed).isGreaterThan(0.85 * 27e9);
    // A night with less to do leaves batches as small as what arrives.
    cluster.arrivalsPerSecond /= 10;
    cluster.batches(30);
    assertThat(cluster.waiting()).as("seed " + seed).isLessThan(60);
    // And in the morning they grow again.
    cluster.wait(5_000);
    double begin = cluster.now;
    while (cluster.waiting() > 300) {
      cluster.step();
    }
    assertThat(cluster.now - begin).as("seed " + seed).isLessThan(1.5 * 5_000 * 4e9 / 24e9);
  }

  @Test
  void tinyObjectsAreJudgedByTheTimeTheyTake() {
    cluster.secondsAnObject = 0.02;
    cluster.objectBytes = 200;
    cluster.wait(100_000);

    cluster.batches(6);

    assertThat(cluster.batches(5))
        .allSatisfy(batch -> assertThat(batch.seconds()).isEqualTo(TARGET, within(2.0)))
        .allSatisfy(batch -> assertThat(batch.objects()).isBetween(2_600L, 2_900L));
  }

  @Test
  void commitsThatTakeLongerThanTheTargetDoNotEndInNothingButCommits() {
    cluster = cluster(10, GIB / 4, 1);
    cluster.overheadSeconds = 30;
    cluster.objectBytes = 100_000_000;
    cluster.wait(50_000);

    cluster.batches(20);

    assertThat(cluster.batches(10))
        .allSatisfy(batch -> assertThat(batch.seconds()).isEqualTo(60, within(3.0)));
  }

  @Test
  void whatKeepsEveryCoreBusyIsAlwaysAdmitted() {
    cluster = cluster(1, 100 * GIB, 1);
    cluster.objectBytes = 1_000_000_000;
    cluster.wait(1_000);

    assertThat(cluster.batches(5)).allMatch(batch -> batch.objects() == 107);
    assertThat(cluster.maxBytes()).isEqualTo(100 * GIB);
  }

  private static SimulatedCluster cluster(double target, long leastBytes, long seed) {
    return new SimulatedCluster(Duration.ofMillis((long) (target * 1e3)), leastBytes, WIDE, seed);
  }

  private static double mean(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum / values.length;
  }
}
