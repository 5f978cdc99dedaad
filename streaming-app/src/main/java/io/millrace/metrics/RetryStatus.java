package io.millrace.metrics;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How the tries to commit batches go.
 *
 * @param failures tries that failed since the start, each tried again later
 * @param inRow the last tries that failed, 0 after one that did not
 * @param since when the first of these failed; null where there is none
 */
public record RetryStatus(long failures, int inRow, @Nullable Instant since) {}
