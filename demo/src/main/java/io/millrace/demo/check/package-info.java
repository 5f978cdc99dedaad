/**
 * Compares what is in S3 with what is in the tables, in a process of its own.
 *
 * <p>Knows nothing of the application or the generator: lines are parsed by Jackson, tables are
 * read by Delta Kernel, and what is expected is computed from the objects as they are now.
 */
@NullMarked
package io.millrace.demo.check;

import org.jspecify.annotations.NullMarked;
