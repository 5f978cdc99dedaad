/**
 * The whole way, through SQS, S3, Spark and Delta, beside stock Spark's own streaming and beside
 * the library alone.
 *
 * <p>What is compared is CPU time of the process that converts; the servers have processes of their
 * own. Needs Linux: the kernel tells what a process has used.
 */
@NullMarked
package io.millrace.benchmarks.stream;

import org.jspecify.annotations.NullMarked;
