package io.millrace.metrics;

import io.millrace.intake.IntakeStatus;
import io.millrace.ledger.Ledger;
import io.millrace.queue.MessageQueue;
import io.millrace.request.RequestCounts;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.apache.hadoop.fs.FileSystem;
import org.apache.spark.SparkContext;

/**
 * What a stream's meters read.
 *
 * @param queue asked for its depth
 * @param maxBatchBytes what the target duration lets the next batch have
 * @param sqs what the queue's client asked for
 * @param s3 what the clients that read objects asked for
 * @param files the driver's file systems of ledger and tables
 */
public record StreamSources(
    Ledger ledger,
    Supplier<IntakeStatus> intake,
    MessageQueue queue,
    Supplier<RetryStatus> tries,
    LongSupplier maxBatchBytes,
    Supplier<RequestCounts> sqs,
    Supplier<RequestCounts> s3,
    List<FileSystem> files,
    SparkContext spark) {}
