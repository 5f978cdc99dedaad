/**
 * SQS message bodies become notifications: envelopes are unwrapped, keys decoded, buckets and keys
 * filtered.
 *
 * <p>Knows nothing of SQS, of the ledger or of Spark. All types are immutable and safe for use by
 * several threads.
 */
@NullMarked
package io.millrace.notification;

import org.jspecify.annotations.NullMarked;
