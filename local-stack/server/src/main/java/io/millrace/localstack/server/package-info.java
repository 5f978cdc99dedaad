/**
 * The server process of the local stack: ElasticMQ, S3Proxy, and a front before each.
 *
 * <p>Everything listens on 127.0.0.1. S3Proxy brings Jetty in a namespace of its own ({@code
 * org.gaul.shaded}); our handlers are written against that one, because they stand inside its
 * server. Knows nothing of who starts it.
 */
@NullMarked
package io.millrace.localstack.server;

import org.jspecify.annotations.NullMarked;
