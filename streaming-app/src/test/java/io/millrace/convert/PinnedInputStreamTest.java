package io.millrace.convert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.ledger.Arrival;
import io.millrace.localstack.InjectedFault;
import io.millrace.localstack.LocalStack;
import io.millrace.localstack.control.Fault;
import io.millrace.localstack.control.RequestMatch;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PinnedInputStreamTest {
  private static final String TEXT = "{\"id\":\"1\"}\n{\"id\":\"ü\"}\n";
  private static final Duration SHORT = Duration.ofMillis(300);

  private final LocalStack stack = LocalStack.shared();
  private long needed = Long.MAX_VALUE;
  private String bucket;
  private Arrival arrival;

  @BeforeEach
  void put() {
    bucket = stack.createBucket("pinned");
    arrival = new StoredObjects(stack, bucket, Instant.EPOCH).put("k", TEXT);
  }

  @Test
  void aConnectionThatEndsAtAnyByteIsTakenUpThere() throws Exception {
    for (int end = 0; end < arrival.object().sizeBytes(); end++) {
      try (InjectedFault fault = stack.inject(Fault.shortBody(gets(), end).atMost(1))) {
        assertThat(read()).as("broken at byte %d", end).isEqualTo(TEXT);
        assertThat(fault.hits()).isEqualTo(1);
      }
    }
  }

  @Test
  void anAnswerThatStallsIsBrokenOffAndTakenUp() throws Exception {
    try (InjectedFault fault = stack.inject(Fault.stall(gets(), 7).atMost(2))) {
      assertThat(read()).isEqualTo(TEXT);
      assertThat(fault.hits()).isEqualTo(2);
    }
  }

  @Test
  void aServerThatFailsOnceIsAskedAgain() throws Exception {
    for (int status : new int[] {500, 503}) {
      try (InjectedFault fault = stack.inject(Fault.status(gets(), status).atMost(1))) {
        assertThat(read()).isEqualTo(TEXT);
        assertThat(fault.hits()).isEqualTo(1);
      }
    }
  }

  @Test
  void aBodyThatNeverGoesOnMakesTheObjectUnreadable() {
    try (InjectedFault fault = stack.inject(Fault.shortBody(gets(), 0))) {
      assertThatThrownBy(this::read)
          .isInstanceOf(IOException.class)
          .hasStackTraceContaining("its body breaks off at byte 0 of 23, 5 times");
      assertThat(fault.hits()).isGreaterThanOrEqualTo(PinnedInputStream.MAX_BREAKS);
    }
  }

  @Test
  void whatIsNotSurelyNeededIsAskedForSeparately() throws Exception {
    needed = 11;
    try (InjectedFault fault = stack.inject(Fault.shortBody(gets(), 3).skipping(1).atMost(1))) {
      assertThat(read()).isEqualTo(TEXT);
      assertThat(fault.hits()).isEqualTo(1);
    }
  }

  private String read() throws IOException {
    ObjectStoreSettings store =
        new ObjectStoreSettings(
            stack.s3Endpoint(), stack.region(), true, null, new RequestLimits(SHORT, SHORT, 2));
    PinnedObject object = new PinnedObject(S3Clients.of(store), arrival);
    try (PinnedInputStream in =
        new PinnedInputStream(object, arrival.object().sizeBytes(), 0, needed)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private RequestMatch gets() {
    return RequestMatch.s3("GET", bucket);
  }
}
