/**
 * What the clients of storage share: counts of what they ask for, and roles that they assume. Knows
 * nothing of meters or of Spark.
 */
@NullMarked
package io.millrace.request;

import org.jspecify.annotations.NullMarked;
