/** Counts what AWS's SDK asks of services. Knows nothing of meters or of Spark. */
@NullMarked
package io.millrace.request;

import org.jspecify.annotations.NullMarked;
