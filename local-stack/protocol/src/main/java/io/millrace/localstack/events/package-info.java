/**
 * S3 events as S3, SNS and EventBridge write them.
 *
 * <p>Knows the documented formats and nothing of servers, queues or HTTP. Everything here is
 * immutable and safe for any number of threads.
 */
@NullMarked
package io.millrace.localstack.events;

import org.jspecify.annotations.NullMarked;
