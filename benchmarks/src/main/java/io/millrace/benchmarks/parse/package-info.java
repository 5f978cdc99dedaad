/** Measures the parser alone: records of several shapes to columns, and its parts. */
@NullMarked
package io.millrace.benchmarks.parse;

import org.jspecify.annotations.NullMarked;
