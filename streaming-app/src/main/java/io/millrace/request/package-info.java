/**
 * What the clients of storage share: counts of what they ask for, roles that they assume, threads
 * on which they ask, what it means that they are refused. Knows nothing of meters or of Spark.
 */
@NullMarked
package io.millrace.request;

import org.jspecify.annotations.NullMarked;
