/**
 * NDJSON that is made up, but not simpler than what is met: the same for the same seed, with values
 * that do not repeat.
 *
 * <p>No record comes from a pool: a pool flatters dictionaries, compression and branch prediction.
 */
@NullMarked
package io.millrace.benchmarks.data;

import org.jspecify.annotations.NullMarked;
