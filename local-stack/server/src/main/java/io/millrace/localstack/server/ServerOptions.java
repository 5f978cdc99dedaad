package io.millrace.localstack.server;

import java.nio.file.Path;

/**
 * What the launcher asks for on the command line.
 *
 * @param data the directory that holds the objects
 * @param ephemeral whether {@code data} is deleted at the end
 * @param s3Port the S3 server's port; 0 takes a free one
 * @param sqsPort the SQS server's port; 0 takes a free one
 */
record ServerOptions(Path data, boolean ephemeral, int s3Port, int sqsPort) {

  static ServerOptions parse(String... arguments) {
    if (arguments.length != 4) {
      throw new IllegalArgumentException(
          "expected: DATA-DIRECTORY ephemeral|kept S3-PORT SQS-PORT; got " + arguments.length);
    }
    return new ServerOptions(
        Path.of(arguments[0]).toAbsolutePath(),
        arguments[1].equals("ephemeral"),
        Integer.parseInt(arguments[2]),
        Integer.parseInt(arguments[3]));
  }
}
