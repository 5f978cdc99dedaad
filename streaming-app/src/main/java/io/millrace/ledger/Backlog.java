package io.millrace.ledger;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is recorded and not yet committed.
 *
 * @param objects how many arrivals wait
 * @param bytes their sizes together
 * @param oldestEventTime the earliest event time among them, or null where nothing waits
 */
public record Backlog(long objects, long bytes, @Nullable Instant oldestEventTime) {}
