/**
 * {@code ./millrace convert}: options, progress, the summary and the line of JSON.
 *
 * <p>The conversion itself is {@link io.millrace.conversion}'s, or another engine's that the main
 * class brings.
 */
@NullMarked
package io.millrace.command;

import org.jspecify.annotations.NullMarked;
