package io.millrace.benchmarks.compare;

import io.millrace.benchmarks.data.Shape;
import java.util.List;
import java.util.Map;

/**
 * All rounds of one file.
 *
 * @param inputBytes the file's size
 */
record ShapeResult(
    Shape shape, long inputBytes, Map<Peer, List<Round>> rounds, Map<Peer, Output> outputs) {

  private static final double MEGA = 1e6;

  /** Whether all peers wrote the same values. */
  boolean agrees() {
    return outputs.values().stream().map(Output::checksum).distinct().count() == 1;
  }

  /** MB of input a second of CPU time, of the whole process up to the end of one conversion. */
  Series processRate(Peer peer) {
    return Series.of(rounds.get(peer), round -> rate(round.first().processCpuSeconds()));
  }

  /** MB of input a second of CPU time, of a conversion in a process that has done two before. */
  Series warmRate(Peer peer) {
    return Series.of(rounds.get(peer), round -> rate(round.warm().cpuSeconds()));
  }

  /** MB of input a second by the wall, likewise. */
  Series warmWallRate(Peer peer) {
    return Series.of(rounds.get(peer), round -> rate(round.warm().seconds()));
  }

  Series processRatio(Peer first, Peer second) {
    return Series.ratios(
        rounds.get(first), rounds.get(second), round -> rate(round.first().processCpuSeconds()));
  }

  Series warmRatio(Peer first, Peer second) {
    return Series.ratios(
        rounds.get(first), rounds.get(second), round -> rate(round.warm().cpuSeconds()));
  }

  private double rate(double seconds) {
    return inputBytes / MEGA / seconds;
  }
}
