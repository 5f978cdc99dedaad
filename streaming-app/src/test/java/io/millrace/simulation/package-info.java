/**
 * The driver's side of the stream, the real one, in a world that is made up: a queue, a store, a
 * bucket and tables in memory, a clock that is set by hand, several drivers of which one runs at a
 * time, and a number that decides all that happens.
 */
@NullMarked
package io.millrace.simulation;

import org.jspecify.annotations.NullMarked;
