package io.millrace.demo;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;

/**
 * What the application says of a batch that it has committed.
 *
 * @param committed the ordinal up to which the table is now
 * @param head the last ordinal that the ledger has
 * @param objects how many arrivals the batch had
 * @param records rows that came to the table
 * @param malformed lines that came to the quarantine
 * @param bytes of input
 * @param seconds how long it took
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record Batch(
    long committed,
    long head,
    int objects,
    long records,
    long malformed,
    long bytes,
    double seconds) {}
