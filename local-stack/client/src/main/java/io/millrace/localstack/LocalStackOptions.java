package io.millrace.localstack;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * How a stack is started.
 *
 * @param dataDirectory where objects and the server's log are kept; null takes a new temporary
 *     directory, which goes with the stack
 * @param heapMegabytes the server's heap, 128 to 4096
 * @param s3Port the S3 server's port; 0 takes a free one
 * @param sqsPort the SQS server's port; 0 takes a free one
 */
public record LocalStackOptions(
    @Nullable Path dataDirectory, int heapMegabytes, int s3Port, int sqsPort) {

  public static final int DEFAULT_HEAP_MEGABYTES = 384;

  public LocalStackOptions {
    if (heapMegabytes < 128 || heapMegabytes > 4096) {
      throw new IllegalArgumentException("heapMegabytes must be 128 to 4096, not " + heapMegabytes);
    }
    checkPort("s3Port", s3Port);
    checkPort("sqsPort", sqsPort);
  }

  /** Temporary data, free ports. */
  public static LocalStackOptions defaults() {
    return new LocalStackOptions(null, DEFAULT_HEAP_MEGABYTES, 0, 0);
  }

  public LocalStackOptions withDataDirectory(Path directory) {
    return new LocalStackOptions(directory, heapMegabytes, s3Port, sqsPort);
  }

  public LocalStackOptions withHeapMegabytes(int megabytes) {
    return new LocalStackOptions(dataDirectory, megabytes, s3Port, sqsPort);
  }

  public LocalStackOptions withS3Port(int port) {
    return new LocalStackOptions(dataDirectory, heapMegabytes, port, sqsPort);
  }

  public LocalStackOptions withSqsPort(int port) {
    return new LocalStackOptions(dataDirectory, heapMegabytes, s3Port, port);
  }

  private static void checkPort(String name, int port) {
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException(name + " must be 0 to 65535, not " + port);
    }
  }
}
