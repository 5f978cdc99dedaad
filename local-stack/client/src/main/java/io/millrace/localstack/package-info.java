/**
 * The launcher of the local stack: starts, steers and stops a process with a real SQS server
 * (ElasticMQ) and a real S3 server (S3Proxy) on loopback.
 *
 * <p>Needs nothing of the servers on its own class path. Knows nothing of what is tested against
 * them. {@link io.millrace.localstack.LocalStack} is safe for several threads.
 */
@NullMarked
package io.millrace.localstack;

import org.jspecify.annotations.NullMarked;
