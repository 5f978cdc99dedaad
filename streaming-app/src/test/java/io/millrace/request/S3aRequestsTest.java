package io.millrace.request;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.localstack.InjectedFault;
import io.millrace.localstack.LocalStack;
import io.millrace.localstack.RequestCounter;
import io.millrace.localstack.control.Fault;
import io.millrace.localstack.control.RequestMatch;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.Test;

/** What S3A counts is what the server sees. */
class S3aRequestsTest {
  private final LocalStack stack = LocalStack.shared();
  private final String bucket = stack.createBucket("counted");

  @Test
  void smallFilesAndUploadsInPartsAreCountedAsTheServerSeesThem() throws IOException {
    Configuration conf = new Configuration();
    stack.hadoopConfiguration().forEach(conf::set);
    conf.set("fs.s3a.multipart.size", "5M");
    try (RequestCounter seen = stack.count(RequestMatch.s3(bucket));
        InjectedFault slow =
            stack.inject(Fault.status(RequestMatch.s3("GET", bucket), 503).atMost(1));
        FileSystem files = FileSystem.newInstance(URI.create("s3://" + bucket), conf)) {
      write(files, "small", 10);
      write(files, "large", 11 << 20);
      try (FSDataInputStream in = files.open(new Path("/small"))) {
        assertThat(in.readAllBytes()).hasSize(10);
      }
      assertThat(slow.hits()).isEqualTo(1);

      RequestCounts counts = S3aRequests.of(List.of(files, files));

      assertThat(counts.requests())
          .containsEntry("PutObject", 1L)
          .containsEntry("UploadPart", 3L)
          .containsEntry("CompleteMultipartUpload", 1L);
      assertThat(seen.byOperation()).containsEntry("PUT", 4L).containsEntry("POST", 2L);
      assertThat(counts.requests().get("HeadObject")).isEqualTo(seen.byOperation().get("HEAD"));
      assertThat(counts.retried().values().stream().mapToLong(Long::longValue).sum()).isPositive();
    }
  }

  @Test
  void fileSystemsThatDoNotCountAddNothing() throws IOException {
    try (FileSystem local = new LocalFileSystem()) {
      local.initialize(URI.create("file:///"), new Configuration(false));
      RequestCounts counts = S3aRequests.of(List.of(local));

      assertThat(counts.requests().keySet())
          .containsExactlyInAnyOrderElementsOf(S3aRequests.OPERATIONS);
      assertThat(counts.requests().values()).containsOnly(0L);
      assertThat(counts.retried())
          .isEqualTo(Map.of(FailureCause.THROTTLED, 0L, FailureCause.OTHER, 0L));
    }
  }

  private static void write(FileSystem files, String name, int bytes) throws IOException {
    try (FSDataOutputStream out = files.create(new Path("/" + name))) {
      out.write(new byte[bytes]);
    }
  }
}
