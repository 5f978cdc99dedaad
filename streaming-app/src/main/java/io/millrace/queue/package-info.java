/**
 * SQS behind a small interface: receive, delete, depth.
 *
 * <p>Knows what a message is, not what it says.
 */
@NullMarked
package io.millrace.queue;

import org.jspecify.annotations.NullMarked;
