package io.millrace.app;

import java.time.Instant;

/**
 * That the batch under way fails and is tried again.
 *
 * @param failures in a row
 * @param since when the first of them was
 * @param reason of the last one
 * @param common whether the reason is one that all objects have in common, and names none
 */
record Outage(int failures, Instant since, String reason, boolean common) {}
