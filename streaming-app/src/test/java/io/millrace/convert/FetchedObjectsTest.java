package io.millrace.convert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.millrace.convert.PinnedInputStream.TroubleInStream;
import io.millrace.localstack.InjectedFault;
import io.millrace.localstack.LocalStack;
import io.millrace.localstack.RequestCounter;
import io.millrace.localstack.control.Fault;
import io.millrace.localstack.control.RequestMatch;
import io.millrace.plan.Split;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FetchedObjectsTest {
  private static final ParallelReads READS = new ParallelReads(3, 20);
  private static final int OBJECTS = 6;

  private final LocalStack stack = LocalStack.shared();
  private String bucket;
  private StoredObjects stored;
  private List<Split> splits;

  @BeforeEach
  void put() {
    bucket = stack.createBucket("fetched");
    stored = new StoredObjects(stack, bucket, Instant.EPOCH);
    splits = IntStream.range(0, OBJECTS).mapToObj(i -> put("k" + i, "object " + i)).toList();
  }

  @Test
  void whileOneIsConvertedTheNextAreFetched() throws Exception {
    try (RequestCounter requests = stack.count(gets());
        FetchedObjects objects = objects(READS)) {
      assertThat(text(objects, splits.get(0))).isEqualTo("object 0");
      await().until(() -> requests.total() == 3);

      for (int i = 1; i < OBJECTS; i++) {
        int expected = Math.min(OBJECTS, i + 3);
        assertThat(text(objects, splits.get(i))).isEqualTo("object " + i);
        await().until(() -> requests.total() == expected);
      }
      assertThat(requests.total()).isEqualTo(OBJECTS);
    }
  }

  @Test
  void whatIsLeftOutIsPassedBy() throws Exception {
    try (FetchedObjects objects = objects(READS)) {
      assertThat(text(objects, splits.get(4))).isEqualTo("object 4");
      assertThat(text(objects, splits.get(5))).isEqualTo("object 5");
    }
  }

  @Test
  void aLargeObjectIsLeftToItsOwnReadsAndNothingIsFetchedBesideIt() throws Exception {
    Split large = put("large", "longer than one range may be");
    splits = List.of(splits.get(0), large, splits.get(1));
    try (RequestCounter requests = stack.count(gets());
        FetchedObjects objects = objects(READS)) {
      assertThat(text(objects, splits.get(0))).isEqualTo("object 0");
      assertThat(objects.take(large)).isNull();
      assertThat(requests.total()).isEqualTo(1);
      assertThat(text(objects, splits.get(2))).isEqualTo("object 1");
    }
  }

  @Test
  void whatIsEmptyOrPartOfAnObjectIsNotFetched() {
    Split whole = splits.get(0);
    splits = List.of(put("empty", ""), new Split(whole.arrival(), 0, 3));
    try (FetchedObjects objects = objects(READS)) {
      assertThat(objects.take(splits.get(0))).isNull();
      assertThat(objects.take(splits.get(1))).isNull();
    }
  }

  @Test
  void withOneRequestAtATimeNothingIsFetched() {
    try (FetchedObjects objects = objects(new ParallelReads(1, 20))) {
      assertThat(objects.take(splits.get(0))).isNull();
    }
  }

  @Test
  void anObjectThatIsGoneIsOnlyItsOwnTrouble() throws Exception {
    stack.s3().deleteObject(request -> request.bucket(bucket).key("k1"));
    try (FetchedObjects objects = objects(READS)) {
      assertThat(text(objects, splits.get(0))).isEqualTo("object 0");
      assertThatThrownBy(() -> text(objects, splits.get(1))).isInstanceOf(TroubleInStream.class);
      assertThat(text(objects, splits.get(2))).isEqualTo("object 2");
    }
  }

  @Test
  void closeBreaksOffWhatIsUnderWay() throws Exception {
    try (InjectedFault fault = stack.inject(Fault.stall(gets(), 3))) {
      FetchedObjects objects = objects(READS);
      FetchedRange first = objects.take(splits.get(0));
      FetchedRange second = objects.take(splits.get(1));
      assertThat(first).isNotNull();
      await().until(() -> fault.hits() == 4);

      objects.close();
      first.cancel();

      assertThatThrownBy(() -> first.stream().readAllBytes()).isInstanceOf(IOException.class);
      assertThat(second).isNotNull();
      second.cancel();
    }
  }

  private FetchedObjects objects(ParallelReads reads) {
    ObjectStoreSettings store =
        new ObjectStoreSettings(
            stack.s3Endpoint(), stack.region(), true, null, RequestLimits.defaults());
    return new FetchedObjects(S3Clients.of(store), reads, splits);
  }

  private static String text(FetchedObjects objects, Split split) throws IOException {
    FetchedRange object = objects.take(split);
    assertThat(object).isNotNull();
    try (InputStream in = object.stream()) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private RequestMatch gets() {
    return RequestMatch.s3("GET", bucket);
  }

  private Split put(String key, String text) {
    return new Split(stored.put(key, text), 0, text.length());
  }
}
