package io.millrace.parquet;

import org.apache.parquet.format.Encoding;

/**
 * A data page before compression.
 *
 * @param rows that begin in it
 * @param entries values and places where one is missing
 * @param nulls entries without value
 * @param repetitions encoded; empty if nothing repeats
 * @param definitions encoded; empty if nothing can be missing
 * @param encoding of the values
 * @param values encoded
 */
record Page(
    int rows,
    int entries,
    int nulls,
    Bytes repetitions,
    Bytes definitions,
    Encoding encoding,
    Bytes values) {}
