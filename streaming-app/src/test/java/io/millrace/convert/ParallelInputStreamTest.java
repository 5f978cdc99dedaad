package io.millrace.convert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.millrace.ledger.Arrival;
import io.millrace.localstack.InjectedFault;
import io.millrace.localstack.LocalStack;
import io.millrace.localstack.RequestCounter;
import io.millrace.localstack.control.Fault;
import io.millrace.localstack.control.RequestMatch;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ParallelInputStreamTest {
  private static final String TEXT = "0123456789abcdefghijklmnopqrstuvwxyz";
  private static final ParallelReads READS = new ParallelReads(3, 5);

  private final LocalStack stack = LocalStack.shared();

  /** Of each stream; at first as if all time passed in reads. */
  private Supplier<LongSupplier> clocks = () -> ticks(0);

  private Duration readTimeout = Duration.ofMillis(300);
  private long needed = TEXT.length();
  private String bucket;
  private Arrival arrival;

  @BeforeEach
  void put() {
    bucket = stack.createBucket("parallel");
    arrival = new StoredObjects(stack, bucket, Instant.EPOCH).put("k", TEXT);
  }

  @Test
  void rangesComeInTheObjectsOrder() throws Exception {
    try (RequestCounter requests = stack.count(gets())) {
      assertThat(read(0)).isEqualTo(TEXT);
      assertThat(requests.total()).isEqualTo(8);
    }
    for (int offset = 0; offset <= TEXT.length(); offset++) {
      assertThat(read(offset)).isEqualTo(TEXT.substring(offset));
    }
  }

  @Test
  void whoNeverWaitsIsServedByOneRequest() throws Exception {
    clocks = () -> ticks(1); // as if all time passed between them
    try (RequestCounter requests = stack.count(gets())) {
      assertThat(read(0)).isEqualTo(TEXT);
      assertThat(requests.total()).isEqualTo(3 + 1);
    }
    for (int offset = 0; offset <= TEXT.length(); offset++) {
      assertThat(read(offset)).isEqualTo(TEXT.substring(offset));
    }
  }

  @Test
  void oneRequestIsCutOffForSeveralOnceItIsTooSlow() throws Exception {
    for (int slow = 0; slow < TEXT.length(); slow++) {
      int from = slow;
      clocks = () -> slowFrom(from);
      assertThat(readSingly()).as("slow from byte %d on", slow).isEqualTo(TEXT);
    }
    clocks = () -> slowFrom(3 * READS.rangeBytes());
    try (RequestCounter requests = stack.count(gets())) {
      assertThat(readSingly()).isEqualTo(TEXT);
      assertThat(requests.total()).as("ranges, one request, ranges").isGreaterThan(3 + 1 + 1);
    }
  }

  @Test
  void whatIsNotSurelyNeededIsAskedForOnceItIs() throws Exception {
    needed = 12;
    try (ParallelInputStream in = open(2);
        RequestCounter requests = stack.count(gets())) {
      assertThat(in.readNBytes(10)).asString().isEqualTo(TEXT.substring(2, 12));
      assertThat(requests.total()).isEqualTo(2);
      assertThat(in.readAllBytes()).asString().isEqualTo(TEXT.substring(12));
      assertThat(requests.total()).isEqualTo(3);
    }
  }

  @Test
  void aConnectionThatEndsAtAnyByteOfAnyRangeIsTakenUpThere() throws Exception {
    for (int range = 0; range < 8; range++) {
      for (int end = 0; end < READS.rangeBytes(); end++) {
        try (InjectedFault fault =
            stack.inject(Fault.shortBody(gets(), end).skipping(range).atMost(1))) {
          assertThat(read(0)).as("request %d broken at byte %d", range, end).isEqualTo(TEXT);
          assertThat(fault.hits()).isEqualTo(1);
        }
      }
    }
  }

  @Test
  void whatMakesARangeUnreadableArrivesBehindTheBytesBeforeIt() throws Exception {
    try (InjectedFault fault = stack.inject(Fault.status(gets(), 403).skipping(2));
        ParallelInputStream in = open(0)) {
      byte[] read = new byte[TEXT.length()];
      int count = 0;
      IOException trouble = null;
      while (trouble == null) {
        try {
          count += in.read(read, count, TEXT.length() - count);
        } catch (IOException e) {
          trouble = e;
        }
      }
      assertThat(trouble).isInstanceOf(PinnedInputStream.TroubleInStream.class);
      assertThat(new String(read, 0, count, StandardCharsets.UTF_8))
          .isEqualTo(TEXT.substring(0, count));
      assertThat(count).isEqualTo(count / READS.rangeBytes() * READS.rangeBytes());
      assertThat(fault.hits()).isPositive();
    }
  }

  @Test
  void othersAreFetchedWhileOneStallsAndClosingBreaksThemOff() throws Exception {
    readTimeout = Duration.ofMinutes(10);
    try (InjectedFault fault = stack.inject(Fault.stall(gets(), 0).atMost(1));
        RequestCounter requests = stack.count(gets())) {
      ParallelInputStream in = open(0);
      CompletableFuture<byte[]> read =
          CompletableFuture.supplyAsync(
              () -> {
                try {
                  return in.readAllBytes();
                } catch (IOException e) {
                  throw new CompletionException(e);
                }
              });
      await().until(() -> requests.total() >= READS.requests() && fault.hits() == 1);
      assertThat(read).isNotDone();
      in.close();
      assertThatThrownBy(read::join).hasCauseInstanceOf(IOException.class);
    }
  }

  private String read(long offset) throws IOException {
    try (ParallelInputStream in = open(offset)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private String readSingly() throws IOException {
    StringBuilder text = new StringBuilder();
    try (ParallelInputStream in = open(0)) {
      for (int next = in.read(); next >= 0; next = in.read()) {
        text.append((char) next);
      }
    }
    return text.toString();
  }

  /** A clock, asked when a stream begins, then before and after each read. */
  private static LongSupplier ticks(int early) {
    AtomicInteger calls = new AtomicInteger();
    return () -> (calls.getAndIncrement() + early) / 2;
  }

  /** As if time passed between reads, and from one on in them. */
  private static LongSupplier slowFrom(int read) {
    AtomicInteger calls = new AtomicInteger();
    return () -> {
      int call = calls.getAndIncrement();
      return (call < 1 + 2 * read ? call + 1 : call) / 2;
    };
  }

  private ParallelInputStream open(long offset) {
    ObjectStoreSettings store =
        new ObjectStoreSettings(
            stack.s3Endpoint(),
            stack.region(),
            true,
            null,
            new RequestLimits(Duration.ofSeconds(5), readTimeout, 2));
    return new ParallelInputStream(
        new PinnedObject(S3Clients.of(store), arrival),
        TEXT.length(),
        offset,
        needed,
        READS,
        clocks.get());
  }

  private RequestMatch gets() {
    return RequestMatch.s3("GET", bucket);
  }
}
