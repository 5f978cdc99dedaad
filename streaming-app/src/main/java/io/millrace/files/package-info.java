/**
 * {@code ./millrace convert --engine spark}: local files through Spark's own JSON parser, on
 * Spark's local master.
 *
 * <p>Knows nothing of queues, ledgers or tables.
 */
@NullMarked
package io.millrace.files;

import org.jspecify.annotations.NullMarked;
