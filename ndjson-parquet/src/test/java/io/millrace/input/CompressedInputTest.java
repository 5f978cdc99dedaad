package io.millrace.input;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import io.millrace.ndjson.Block;
import io.millrace.ndjson.BlockSource;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

class CompressedInputTest {
  private static final byte[] TEXT = text(3000);
  private static final DecompressionLimits LIMITS = DecompressionLimits.defaults();

  @ParameterizedTest
  @EnumSource
  void isReadWhateverItIsCompressedWith(Compression compression) throws IOException {
    assertThat(read(Compressor.compress(compression, TEXT))).isEqualTo(TEXT);
  }

  @ParameterizedTest
  @EnumSource
  void mayBeEmpty(Compression compression) throws IOException {
    assertThat(read(Compressor.compress(compression, new byte[0]))).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void mayConsistOfSeveralMembers(Compression compression) throws IOException {
    byte[] members =
        concat(
            Compressor.compress(compression, TEXT),
            Compressor.compress(compression, new byte[0]),
            Compressor.compress(compression, TEXT));

    assertThat(read(members)).isEqualTo(concat(TEXT, TEXT));
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "NONE")
  void isAnErrorWhereverItIsCutOff(Compression compression) throws IOException {
    byte[] compressed = Compressor.compress(compression, text(40));
    for (int length = 1; length < compressed.length; length++) {
      byte[] cut = Arrays.copyOf(compressed, length);
      if (isTextBefore(compression, length)) {
        continue;
      }
      try {
        byte[] read = read(cut);
        // Snappy has no end: behind a whole chunk it may end.
        if (compression != Compression.SNAPPY || read.length != 0) {
          fail(
              "%s cut off at %d of %d yields %d bytes",
              compression, length, compressed.length, read.length);
        }
      } catch (DamagedInputException e) {
        assertThat(e.offset()).isLessThanOrEqualTo(length);
        assertThat(e).hasMessageStartingWith("object: ").hasMessageContaining("byte " + e.offset());
      }
    }
  }

  /** Snappy's framing has no end, and so no members. */
  @ParameterizedTest
  @EnumSource(
      mode = Mode.EXCLUDE,
      names = {"NONE", "SNAPPY"})
  void isAnErrorWhereverTheLastOfSeveralMembersIsCutOff(Compression compression)
      throws IOException {
    byte[] member = Compressor.compress(compression, text(40));
    byte[] members = concat(member, member, member);
    for (int length = 2 * member.length + 1; length < members.length; length++) {
      byte[] cut = Arrays.copyOf(members, length);
      assertThatThrownBy(() -> read(cut))
          .as("%s cut off at %d of %d", compression, length, members.length)
          .isInstanceOf(DamagedInputException.class);
    }
    assertThat(read(Arrays.copyOf(members, 2 * member.length)))
        .isEqualTo(concat(text(40), text(40)));
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "NONE")
  void isAnErrorWhereSomethingElseFollows(Compression compression) throws IOException {
    byte[] compressed = Compressor.compress(compression, TEXT);

    assertThatThrownBy(() -> read(concat(compressed, "{\"id\":1}\n".getBytes(UTF_8))))
        .isInstanceOf(DamagedInputException.class)
        .hasMessageContaining(compression.label());
  }

  @Test
  void namesTheOffsetWhereSomethingElseFollows() throws IOException {
    byte[] compressed = Compressor.compress(Compression.GZIP, TEXT);

    assertThatThrownBy(() -> read(concat(compressed, new byte[20])))
        .isInstanceOfSatisfying(
            DamagedInputException.class,
            e -> assertThat(e.offset()).isBetween((long) compressed.length, compressed.length + 2L))
        .hasMessageContaining("behind %d decompressed bytes", TEXT.length);
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "NONE")
  void neverYieldsOtherBytesThanWereCompressed(Compression compression) throws IOException {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    byte[] compressed = Compressor.compress(compression, TEXT);
    int errors = 0;
    for (int i = 0; i < 300; i++) {
      byte[] damaged = compressed.clone();
      int at = Compression.MAGIC_BYTES + random.nextInt(damaged.length - Compression.MAGIC_BYTES);
      damaged[at] ^= (byte) (1 << random.nextInt(8));
      try {
        assertThat(read(damaged)).as("seed %d, byte %d", seed, at).isEqualTo(TEXT);
      } catch (DamagedInputException e) {
        errors++;
      }
    }
    assertThat(errors).as("seed %d", seed).isGreaterThan(200);
  }

  @Test
  void isPlainTextUnlessItsFirstBytesSayOtherwise() throws IOException {
    for (String text : new String[] {"", "{", "B", "BZh", "BZh91 is a text", "(", "\uFEFF{}"}) {
      assertThat(read(text.getBytes(UTF_8))).asString(UTF_8).isEqualTo(text);
    }
  }

  @Test
  void mayNotGrowBeyondTheLimits() throws IOException {
    byte[] zeros = Compressor.compress(Compression.ZSTD, new byte[80 << 20]);
    byte[] text = Compressor.compress(Compression.ZSTD, TEXT);

    assertThatThrownBy(() -> read(zeros))
        .isInstanceOf(DamagedInputException.class)
        .hasMessageContaining("more than 200 times as many, the limit maxRatio");
    assertThatThrownBy(
            () -> read(MemoryInput.of(text), new DecompressionLimits(TEXT.length - 1, 200)))
        .isInstanceOf(DamagedInputException.class)
        .hasMessageContaining("the limit maxBytes");
    assertThat(read(MemoryInput.of(text), new DecompressionLimits(TEXT.length, 200)))
        .isEqualTo(TEXT);
  }

  @ParameterizedTest
  @EnumSource
  void isABreakWhereTheStoreYieldsLessThanItAnnounced(Compression compression) throws IOException {
    byte[] compressed = Compressor.compress(compression, TEXT);
    Input input = new MemoryInput("object", compressed, compressed.length + 1);

    assertThatThrownBy(() -> read(input, LIMITS))
        .isInstanceOf(EOFException.class)
        .hasMessageContaining(
            "object breaks off at byte %d of %d", compressed.length, compressed.length + 1);
  }

  /** Whether what is left of it can't be told from a text. */
  private static boolean isTextBefore(Compression compression, int length) {
    return (compression == Compression.BZIP2 && length < Compression.MAGIC_BYTES)
        || (compression == Compression.ZSTD && length == 1);
  }

  private static byte[] read(byte[] bytes) throws IOException {
    return read(MemoryInput.of(bytes), LIMITS);
  }

  private static byte[] read(Input input, DecompressionLimits limits) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    try (BlockSource blocks = InputBlocks.withDaemons(new ReadAhead(1000, 3), limits).open(input)) {
      for (Block block = blocks.next(); block != null; block = blocks.next()) {
        all.write(block.bytes(), block.from(), block.to() - block.from());
        blocks.release(block);
      }
    }
    return all.toByteArray();
  }

  private static byte[] text(int count) {
    StringBuilder text = new StringBuilder();
    Random random = new Random(1);
    for (int i = 0; i < count; i++) {
      text.append("{\"id\":").append(random.nextInt()).append("}\n");
    }
    return text.toString().getBytes(UTF_8);
  }

  private static byte[] concat(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }
}
