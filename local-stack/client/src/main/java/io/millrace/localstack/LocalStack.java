package io.millrace.localstack;

import io.millrace.localstack.control.Addresses;
import io.millrace.localstack.control.Fault;
import io.millrace.localstack.control.RequestMatch;
import io.millrace.localstack.control.Subscription;
import io.millrace.localstack.events.Envelope;
import java.net.URI;
import java.util.Map;
import java.util.UUID;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * A real SQS server and a real S3 server on loopback, in a process of their own that ends with this
 * one, however this one ends.
 *
 * <p>All methods are safe for several threads.
 */
public final class LocalStack implements AutoCloseable {
  private static final String REGION = "us-east-1";
  private static final String ACCESS_KEY = "local-access-key";
  private static final String SECRET_KEY = "local-secret-key";
  private static final int MAX_CONNECTIONS = 200;

  private final ServerProcess server;
  private final Control control;
  private final URI s3Endpoint;
  private final URI sqsEndpoint;
  private final S3Client s3;
  private final SqsClient sqs;

  private LocalStack(ServerProcess server) {
    Addresses addresses = server.addresses();
    this.server = server;
    this.control = new Control(addresses.controlPort());
    this.s3Endpoint = URI.create("http://127.0.0.1:" + addresses.s3Port());
    this.sqsEndpoint = URI.create("http://127.0.0.1:" + addresses.sqsPort());
    StaticCredentialsProvider credentials =
        StaticCredentialsProvider.create(AwsBasicCredentials.create(ACCESS_KEY, SECRET_KEY));
    this.s3 =
        S3Client.builder()
            .endpointOverride(s3Endpoint)
            .region(Region.of(REGION))
            .credentialsProvider(credentials)
            .forcePathStyle(true)
            .httpClientBuilder(ApacheHttpClient.builder().maxConnections(MAX_CONNECTIONS))
            .build();
    this.sqs =
        SqsClient.builder()
            .endpointOverride(sqsEndpoint)
            .region(Region.of(REGION))
            .credentialsProvider(credentials)
            .httpClientBuilder(ApacheHttpClient.builder().maxConnections(MAX_CONNECTIONS))
            .build();
  }

  /** A new stack with temporary data on free ports. */
  public static LocalStack start() {
    return start(LocalStackOptions.defaults());
  }

  /**
   * A new stack; returns when it takes requests.
   *
   * @throws LocalStackException when it does not start; the message has the end of its log
   */
  public static LocalStack start(LocalStackOptions options) {
    return new LocalStack(ServerProcess.start(ServerDirectory.find(), options));
  }

  /** The one stack of this JVM, for tests: started when first asked for, ends with the JVM. */
  public static LocalStack shared() {
    return Shared.STACK;
  }

  public URI s3Endpoint() {
    return s3Endpoint;
  }

  public URI sqsEndpoint() {
    return sqsEndpoint;
  }

  public String region() {
    return REGION;
  }

  public String accessKey() {
    return ACCESS_KEY;
  }

  public String secretKey() {
    return SECRET_KEY;
  }

  /** A client of the S3 server; closed with the stack. */
  public S3Client s3() {
    return s3;
  }

  /** A client of the SQS server; closed with the stack. */
  public SqsClient sqs() {
    return sqs;
  }

  /** The settings with which Hadoop finds the S3 server under {@code s3a://} and {@code s3://}. */
  public Map<String, String> hadoopConfiguration() {
    return Map.of(
        "fs.s3.impl",
        "org.apache.hadoop.fs.s3a.S3AFileSystem",
        "fs.s3a.endpoint",
        s3Endpoint.toString(),
        "fs.s3a.endpoint.region",
        REGION,
        "fs.s3a.path.style.access",
        "true",
        "fs.s3a.connection.ssl.enabled",
        "false",
        "fs.s3a.aws.credentials.provider",
        "org.apache.hadoop.fs.s3a.SimpleAWSCredentialsProvider",
        "fs.s3a.access.key",
        ACCESS_KEY,
        "fs.s3a.secret.key",
        SECRET_KEY);
  }

  /** Creates a bucket of a new name that begins with {@code prefix}. */
  public String createBucket(String prefix) {
    String name = unique(prefix);
    s3.createBucket(request -> request.bucket(name));
    return name;
  }

  /**
   * Creates a versioned bucket of a new name that begins with {@code prefix}. Its versions need a
   * data directory on a file system with extended attributes.
   */
  public String createVersionedBucket(String prefix) {
    String name = createBucket(prefix);
    s3.putBucketVersioning(
        request ->
            request
                .bucket(name)
                .versioningConfiguration(c -> c.status(BucketVersioningStatus.ENABLED)));
    return name;
  }

  /** Creates a queue of a new name that begins with {@code prefix}, and returns its URL. */
  public String createQueue(String prefix) {
    String name = unique(prefix);
    return sqs.createQueue(request -> request.queueName(name)).queueUrl();
  }

  /**
   * From now on each change in the bucket sends its S3 event to the queue, before the client has
   * the answer to its request. Replaces an earlier setting for the bucket.
   */
  public void notifyOn(String bucket, String queueUrl, Envelope envelope) {
    control.call("subscribe", new Subscription(bucket, queueUrl, envelope));
  }

  /** From now on changes in the bucket send nothing. */
  public void stopNotifying(String bucket) {
    control.call("unsubscribe", Map.of("bucket", bucket));
  }

  /** A sequencer greater than those of all events so far, for events that tests make up. */
  public String nextSequencer() {
    return control.call("next-sequencer", Map.of()).required("sequencer").asText();
  }

  /** Sends a message by hand, and returns when the queue has it. */
  public void send(String queueUrl, String body) {
    sqs.sendMessage(request -> request.queueUrl(queueUrl).messageBody(body));
  }

  /** From now on requests go wrong as the fault says, until what is returned is closed. */
  public InjectedFault inject(Fault fault) {
    return new InjectedFault(control, control.call("inject", fault).required("id").asLong());
  }

  /** Counts the requests from now on, until what is returned is closed. */
  public RequestCounter count(RequestMatch requests) {
    return new RequestCounter(control, control.call("watch", requests).required("id").asLong());
  }

  /** The server process, for those who want to end it roughly. */
  public ProcessHandle serverProcess() {
    return server.handle();
  }

  /** Ends the servers and, unless a directory was given, deletes their data. */
  @Override
  public void close() {
    s3.close();
    sqs.close();
    server.close();
  }

  private static String unique(String prefix) {
    return prefix + "-" + UUID.randomUUID().toString().substring(0, 13);
  }

  /** Started by the class loader, and so once. */
  private static final class Shared {
    static final LocalStack STACK = start();
  }
}
