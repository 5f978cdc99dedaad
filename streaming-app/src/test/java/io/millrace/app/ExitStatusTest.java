package io.millrace.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.nio.file.AccessDeniedException;
import org.apache.hadoop.fs.s3a.auth.NoAuthWithAWSException;
import org.junit.jupiter.api.Test;

class ExitStatusTest {
  @Test
  void whoHasNoCredentialsIsToldWhereTheyCanComeFrom() {
    AccessDeniedException denied = new AccessDeniedException("s3://lake/t", null, "no auth");
    denied.initCause(new IOException(new NoAuthWithAWSException("none")));

    ExitStatus status = ExitStatus.of(new IllegalStateException(denied));

    assertThat(status.code()).isEqualTo(ExitStatus.REFUSED);
    assertThat(status.message())
        .startsWith("there are no credentials for s3://lake/t: run with a role")
        .contains("AWS_ACCESS_KEY_ID", "fs.s3a.aws.credentials.provider");
  }

  @Test
  void whoIsDeniedIsToldWhatTheRoleNeeds() {
    assertThat(ExitStatus.of(new AccessDeniedException("s3://lake/t")).message())
        .contains("access is denied: s3://lake/t", "to read, write and delete");
  }

  @Test
  void whoReachesNoHostIsToldWhichCallAndWhereEndpointsAreGiven() {
    UnknownHostException unknown =
        new UnknownHostException(
            "getFileStatus on s3://lake/t/_delta_log: software.amazon.awssdk.core.exception"
                + ".SdkClientException: Received an UnknownHostException when attempting to interact"
                + " with a service.");

    ExitStatus status = ExitStatus.of(new IOException(unknown));

    assertThat(status.code()).isEqualTo(ExitStatus.FAILURE);
    assertThat(status.message())
        .startsWith("a host can't be reached: getFileStatus on s3://lake/t/_delta_log; correct")
        .contains("fs.s3a.endpoint and fs.s3a.endpoint.region in hadoop-conf");
    assertThat(ExitStatus.of(new ConnectException("Connection refused")).message())
        .startsWith("a host can't be reached: Connection refused; correct");
  }
}
