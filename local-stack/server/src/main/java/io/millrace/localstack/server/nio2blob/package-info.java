/**
 * The store of the S3 server. S3Proxy tells what a store can do, such as conditional writes, by the
 * name of its package: it looks for {@code .nio2blob.} in it.
 */
@NullMarked
package io.millrace.localstack.server.nio2blob;

import org.jspecify.annotations.NullMarked;
