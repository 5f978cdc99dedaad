package io.millrace.benchmarks.stream;

/**
 * What a peer used for objects that came after others had warmed it up.
 *
 * @param bytes of the objects
 * @param seconds by the wall, from when the first object could be known to the last one's commit
 * @param cpuSeconds of the peer's process in that time
 */
record StreamRound(long bytes, double seconds, double cpuSeconds) {
  private static final double MEGA = 1e6;

  /** MB of input a second of CPU. */
  double cpuRate() {
    return bytes / MEGA / cpuSeconds;
  }

  /** What two used on average. */
  StreamRound meanWith(StreamRound other) {
    return new StreamRound(
        (bytes + other.bytes) / 2,
        (seconds + other.seconds) / 2,
        (cpuSeconds + other.cpuSeconds) / 2);
  }
}
