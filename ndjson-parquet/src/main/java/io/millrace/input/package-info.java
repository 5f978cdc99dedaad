/**
 * Where bytes come from: files, what compresses them, and a thread that reads ahead of the parser.
 *
 * <p>{@link io.millrace.input.Input} is what a store has to offer; {@link
 * io.millrace.input.InputBlocks} makes blocks for the parser of it. Knows nothing of records.
 */
@NullMarked
package io.millrace.input;

import org.jspecify.annotations.NullMarked;
