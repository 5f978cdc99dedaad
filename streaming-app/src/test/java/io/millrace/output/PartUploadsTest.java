package io.millrace.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.Part;

class PartUploadsTest {
  private final ConcurrentSkipListMap<Integer, byte[]> sent = new ConcurrentSkipListMap<>();

  @Test
  void partsAreTheBytesInOrderWhateverTheSizeOfTheWrites() throws IOException {
    Random random = new Random(7);
    byte[] bytes = new byte[3 * PartUploads.PART_BYTES + 12_345];
    random.nextBytes(bytes);
    PartUploads parts = new PartUploads(this::keep);
    for (int done = 0; done < bytes.length; ) {
      int chunk = Math.min(bytes.length - done, 1 + random.nextInt(300_000));
      parts.write(bytes, done, chunk);
      done += chunk;
    }

    assertThat(parts.finish()).containsExactly("e1", "e2", "e3", "e4");
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    sent.values().forEach(all::writeBytes);
    assertThat(all.toByteArray()).isEqualTo(bytes);
    assertThat(sent.get(1)).hasSize(PartUploads.PART_BYTES);
  }

  @Test
  void aFileWithoutBytesHasOnePart() throws IOException {
    assertThat(new PartUploads(this::keep).finish()).containsExactly("e1");
    assertThat(sent.get(1)).isEmpty();
  }

  @Test
  void soManyPartsAreUnderWayAndNoMore() throws IOException {
    AtomicInteger now = new AtomicInteger();
    List<Integer> seen = Collections.synchronizedList(new ArrayList<>());
    CountDownLatch full = new CountDownLatch(PartUploads.UNDER_WAY);
    PartUploads parts =
        new PartUploads(
            (number, bytes, length) -> {
              seen.add(now.incrementAndGet());
              full.countDown();
              awaitAll(full);
              now.decrementAndGet();
              return "e" + number;
            });
    byte[] part = new byte[PartUploads.PART_BYTES];
    for (int i = 0; i < 3 * PartUploads.UNDER_WAY; i++) {
      parts.write(part, 0, part.length);
    }

    assertThat(parts.finish()).hasSize(3 * PartUploads.UNDER_WAY);
    assertThat(Collections.max(seen)).isEqualTo(PartUploads.UNDER_WAY);
  }

  @Test
  void aPartThatFailsFailsTheFile() throws IOException {
    PartUploads parts =
        new PartUploads(
            (number, bytes, length) -> {
              throw new IOException("part " + number);
            });
    parts.write(new byte[PartUploads.PART_BYTES], 0, PartUploads.PART_BYTES);

    assertThatThrownBy(parts::finish).isInstanceOf(IOException.class).hasMessage("part 1");
  }

  @Test
  void aPartIsCompletedWithTheChecksumsThatItHas() {
    Part part =
        Part.builder().partNumber(3).eTag("e").checksumCRC32C("c").checksumSHA1("s").build();

    assertThat(TableBucket.withChecksums(part))
        .isEqualTo(
            CompletedPart.builder()
                .partNumber(3)
                .eTag("e")
                .checksumCRC32C("c")
                .checksumSHA1("s")
                .build());
  }

  private String keep(int number, byte[] bytes, int length) {
    sent.put(number, java.util.Arrays.copyOf(bytes, length));
    return "e" + number;
  }

  private static void awaitAll(CountDownLatch latch) throws IOException {
    try {
      assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }
}
