package io.millrace.queue;

/**
 * The queue's own, approximate counts.
 *
 * @param waiting messages that can be received
 * @param inFlight messages that were received and neither deleted nor given back
 * @param delayed messages that can't be received yet
 */
public record QueueDepth(long waiting, long inFlight, long delayed) {}
