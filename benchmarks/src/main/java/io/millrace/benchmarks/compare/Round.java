package io.millrace.benchmarks.compare;

/**
 * One process of a peer.
 *
 * @param first the conversion that the process begins with
 * @param warm the last one
 */
record Round(Measurement first, Measurement warm) {}
