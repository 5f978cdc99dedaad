/**
 * Bytes of newline-delimited JSON to typed values by column.
 *
 * <p>{@link io.millrace.ndjson.NdjsonReader} reads one split of one object. Each record is tried
 * twice: a plain path takes what is written as nearly all records are, strictly validated, in one
 * pass; it gives up on anything else without trace, and then the record is read again from
 * Jackson's tokens ({@code TokenReader}), which alone define what a record means: what Spark's JSON
 * reader makes of it. The plain path may therefore only take what both agree on.
 *
 * <p>Knows nothing of Parquet, Spark or where the bytes come from. Not safe for several threads.
 */
@NullMarked
package io.millrace.ndjson;

import org.jspecify.annotations.NullMarked;
