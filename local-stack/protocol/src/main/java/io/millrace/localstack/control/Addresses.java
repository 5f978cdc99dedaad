package io.millrace.localstack.control;

/**
 * Where the servers listen: the one line that the server process writes to its standard output.
 *
 * @param s3Port the S3 server's port on 127.0.0.1
 * @param sqsPort the SQS server's port on 127.0.0.1
 * @param controlPort the port on 127.0.0.1 that takes the messages of this package
 */
public record Addresses(int s3Port, int sqsPort, int controlPort) {}
