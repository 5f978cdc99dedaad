/** The executor side: pinned ranged reads, records, and the engines that make files of them. */
@NullMarked
package io.millrace.convert;

import org.jspecify.annotations.NullMarked;
