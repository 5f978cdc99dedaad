/**
 * Whole conversions, each peer in a process of its own, in turn and on the same files.
 *
 * <p>What is compared is CPU time, which other work on the machine hardly changes, and ratios
 * within one round. Needs Linux: the kernel tells what a process has used.
 */
@NullMarked
package io.millrace.benchmarks.compare;

import org.jspecify.annotations.NullMarked;
