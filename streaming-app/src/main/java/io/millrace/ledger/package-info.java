/**
 * The durable, append-only memory of arrivals and of what became of each.
 *
 * <p>A directory of immutable files, each written once with put-if-absent; its format is {@code
 * docs/reference/ledger-format.md}. Knows nothing of queues, of Spark or of tables: it hands out
 * ordinals and keeps what it is told. Needs Hadoop's {@code FileSystem} in one class only.
 */
@NullMarked
package io.millrace.ledger;

import org.jspecify.annotations.NullMarked;
