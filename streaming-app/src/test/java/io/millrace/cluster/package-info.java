/** A cluster of several processes, for tests of what only those show. */
@NullMarked
package io.millrace.cluster;

import org.jspecify.annotations.NullMarked;
