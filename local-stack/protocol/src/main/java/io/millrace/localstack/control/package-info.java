/**
 * What client and server of the local stack say to each other: values that travel as JSON.
 *
 * <p>Knows nothing of how they travel. Everything here is immutable.
 */
@NullMarked
package io.millrace.localstack.control;

import org.jspecify.annotations.NullMarked;
