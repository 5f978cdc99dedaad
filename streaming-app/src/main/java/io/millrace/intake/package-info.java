/**
 * Record first, then delete: moves what the queue holds into the ledger.
 *
 * <p>Puts {@code queue}, {@code notification} and {@code ledger} together, and is the only package
 * that knows all three. Knows nothing of batches or of Spark.
 */
@NullMarked
package io.millrace.intake;

import org.jspecify.annotations.NullMarked;
