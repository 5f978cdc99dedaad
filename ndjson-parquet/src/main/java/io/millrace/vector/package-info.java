/**
 * Typed values by column, between the parser that appends them and the encoder that reads them.
 *
 * <p>A {@link io.millrace.vector.RecordBatch} is some hundred kilobytes of records, so that it
 * stays in a core's cache from the one to the other; it is cleared and used again. Nothing here
 * knows JSON or Parquet. Not safe for several threads.
 *
 * <p><b>Slots.</b> Each vector has slots: a column one for each row, a struct's child one for each
 * struct that is there, a list's element one for each element. Slots are decided in order; whoever
 * appends to slot {@code n} thereby decides all undecided slots before it as null, so that what a
 * record lacks costs nothing. Values are dense: only slots that are not null have one.
 */
@NullMarked
package io.millrace.vector;

import org.jspecify.annotations.NullMarked;
