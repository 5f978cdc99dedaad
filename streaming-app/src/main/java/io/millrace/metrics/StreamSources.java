package io.millrace.metrics;

import io.millrace.intake.IntakeStatus;
import io.millrace.ledger.Ledger;
import io.millrace.ledger.SizedLedgerStore;
import io.millrace.queue.MessageQueue;
import io.millrace.request.RequestCounts;
import io.millrace.request.StorageRequests;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.apache.spark.SparkContext;

/**
 * What a stream's meters read.
 *
 * @param queue asked for its depth
 * @param maxBatchBytes what the target duration lets the next batch have
 * @param sqs what the queue's client asked for
 * @param storage what driver and executors asked storage for
 */
public record StreamSources(
    Ledger ledger,
    SizedLedgerStore ledgerFiles,
    Supplier<IntakeStatus> intake,
    MessageQueue queue,
    Supplier<RetryStatus> tries,
    LongSupplier maxBatchBytes,
    Supplier<RequestCounts> sqs,
    Supplier<StorageRequests> storage,
    SparkContext spark) {}
