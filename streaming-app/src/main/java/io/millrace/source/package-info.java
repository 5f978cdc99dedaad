/**
 * The Spark DSv2 micro-batch source: arrivals as rows; an offset is the highest ordinal admitted.
 */
@NullMarked
package io.millrace.source;

import org.jspecify.annotations.NullMarked;
