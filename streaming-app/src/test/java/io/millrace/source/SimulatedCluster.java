package io.millrace.source;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A stream on a cluster whose speed the test decides: what arrives, what is admitted, and how long
 * each batch takes, by a clock that only batches and waits move.
 */
final class SimulatedCluster {
  private static final double TRIGGER_SECONDS = 10;

  private final FakeLog log = new FakeLog();
  private final BatchSize size;
  private final Admission admission;
  private final Random random;
  final List<Batch> batches = new ArrayList<>();

  double bytesPerSecond = 1e9;
  double secondsAnObject = 0;
  double overheadSeconds = 4;
  double noise = 0;
  long objectBytes = 4_000_000_000L;
  double arrivalsPerSecond = 0;
  double now = 0;
  private double arrived = 0;

  /** A batch, and how long it took. */
  record Batch(long objects, long bytes, double seconds) {}

  SimulatedCluster(Duration target, long leastBytes, AdmissionLimits limits, long seed) {
    this.size = new BatchSize(target, 1 << 20, () -> leastBytes);
    this.admission = new Admission(log, limits, size);
    this.random = new Random(seed);
  }

  void wait(int objects) {
    for (int i = 0; i < objects; i++) {
      log.append(objectBytes);
    }
  }

  long waiting() {
    return log.backlog().objects();
  }

  long maxBytes() {
    return size.maxBytes();
  }

  /** One trigger: a batch, or a wait where nothing waits. */
  void step() {
    long from = log.committed();
    double took = TRIGGER_SECONDS;
    if (log.head() > from) {
      long to = admission.end(from, log.head());
      long bytes =
          log.arrivals(from, to).stream().mapToLong(arrival -> arrival.object().sizeBytes()).sum();
      double conversion = (bytes / bytesPerSecond + (to - from) * secondsAnObject) * luck();
      double total = conversion + overheadSeconds * luck();
      size.observe(to - from, bytes, millis(conversion), millis(total));
      batches.add(new Batch(to - from, bytes, total));
      log.commit(to);
      took = Math.max(TRIGGER_SECONDS, total);
    }
    now += took;
    arrived += took * arrivalsPerSecond;
    wait((int) arrived);
    arrived -= (int) arrived;
  }

  /** The next so many batches. */
  List<Batch> batches(int count) {
    int begin = batches.size();
    while (batches.size() < begin + count) {
      step();
    }
    return batches.subList(begin, begin + count);
  }

  private double luck() {
    return Math.exp(noise * random.nextGaussian());
  }

  private static Duration millis(double seconds) {
    return Duration.ofMillis(Math.round(seconds * 1e3));
  }
}
