/**
 * Tells Prometheus and probes how a stream goes: meters, health, and the HTTP endpoint that has
 * both.
 *
 * <p>{@link io.millrace.metrics.MeterCatalog} names every meter once; {@code
 * docs/reference/metrics.md} is compared with it by a test. Reads what others count; nobody else
 * knows Micrometer. All classes are safe for several threads.
 */
@NullMarked
package io.millrace.metrics;

import org.jspecify.annotations.NullMarked;
