package io.millrace.ledger;

/**
 * Something that an operator asks of the driver.
 *
 * @param number 1, 2, 3 … per ledger, never reused
 * @param kind what is asked: {@code replay}, {@code backfill}, {@code release}, …
 * @param parameters a JSON object of the kind's own form
 */
public record LedgerRequest(long number, String kind, String parameters) {}
