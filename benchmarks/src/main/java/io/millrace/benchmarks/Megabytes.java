package io.millrace.benchmarks;

import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** What a benchmark has read or written, so that JMH prints a rate of 10^6 bytes. */
@State(Scope.Thread)
@AuxCounters(AuxCounters.Type.OPERATIONS)
public class Megabytes {
  public double megabytes;

  @Setup(Level.Iteration)
  public void clear() {
    megabytes = 0;
  }

  /** Adds the bytes of one operation. */
  public void add(long bytes) {
    megabytes += bytes / 1e6;
  }
}
