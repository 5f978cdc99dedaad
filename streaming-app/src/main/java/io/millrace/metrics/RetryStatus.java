package io.millrace.metrics;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How the tries to commit batches go.
 *
 * @param failures tries that failed since the start, each tried again later
 * @param inRow the last tries that failed, 0 after one that did not
 * @param since when the first of these failed; null where there is none
 * @param environment what all objects have in common that made the last one fail, without the name
 *     of any; null where it is not known, or nothing fails
 */
public record RetryStatus(
    long failures, int inRow, @Nullable Instant since, @Nullable String environment) {}
