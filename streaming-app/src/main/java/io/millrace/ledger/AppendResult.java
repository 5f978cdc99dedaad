package io.millrace.ledger;

/**
 * What an append made of its notifications; the three add up to their number.
 *
 * @param appended new arrivals that are to be read
 * @param duplicates notifications of arrivals that were known
 * @param superseded new arrivals that will never be read: older than what is known, or an overwrite
 *     where overwrites are ignored
 */
public record AppendResult(int appended, int duplicates, int superseded) {}
