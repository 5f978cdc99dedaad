/** Splits of large objects and packs of small ones; values only, no I/O. */
@NullMarked
package io.millrace.plan;

import org.jspecify.annotations.NullMarked;
