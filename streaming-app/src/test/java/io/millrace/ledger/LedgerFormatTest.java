package io.millrace.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.ledger.LedgerFile.Kind;
import io.millrace.ledger.PreparedCodec.Prepared;
import io.millrace.ledger.Segment.Owner;
import io.millrace.ledger.Segment.Sighting;
import io.millrace.notification.Notification;
import io.millrace.notification.Notification.Origin;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Ledgers live for years: files of every version must be read as they were meant, and whatever is
 * written now as a version must be those very bytes.
 */
class LedgerFormatTest {
  private static final UUID NONCE = new UUID(0x0123456789abcdefL, 0xfedcba9876543210L);
  private static final Instant TIME = Instant.parse("2026-11-01T12:00:00.123456789Z");
  private static final Instant MILLIS = Instant.parse("2026-11-01T12:00:00.123Z");

  /** One kind of file: a value, how it is written, and how it is read. */
  record Golden<T>(
      String name,
      T value,
      java.util.function.Function<T, byte[]> encoder,
      BiFunction<String, byte[], T> decoder) {
    byte[] encoded() {
      return encoder.apply(value);
    }

    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Golden<?>> everyKind() {
    return Stream.of(
        new Golden<>(
            "stream",
            "orders",
            stream ->
                LedgerFile.encode(Kind.STREAM, NONCE, out -> LedgerFile.writeText(out, stream)),
            (name, file) ->
                LedgerFile.decode(Kind.STREAM, name, file, (in, id) -> LedgerFile.readText(in))),
        new Golden<>(
            "segment",
            segment(new Sighting("b", "k", "0056", 0, 0, false)),
            SegmentCodec::encode,
            SegmentCodec::decode),
        new Golden<>(
            "v2/segment",
            segment(new Sighting("b", "k", "0056", 11, 38, false)),
            SegmentCodec::encode,
            SegmentCodec::decode),
        new Golden<>(
            "v3/segment",
            segment(new Sighting("b", "k", "0056", 11, 38, true)),
            SegmentCodec::encode,
            SegmentCodec::decode),
        new Golden<>(
            "prepared",
            prepared(),
            value -> PreparedCodec.encode(NONCE, value),
            PreparedCodec::decode),
        new Golden<>(
            "v2/prepared",
            preparedWithPendingFiles(),
            value -> PreparedCodec.encode(NONCE, value),
            PreparedCodec::decode),
        new Golden<>(
            "rejected",
            List.of(new RejectedMessage("id-1", "{\"é", "not JSON", MILLIS, MILLIS)),
            value -> RejectedCodec.encode(NONCE, value, 100),
            RejectedCodec::decode),
        new Golden<>(
            "request",
            new LedgerRequest(7, "replay", "{\"day\":\"2026-11-01\"}"),
            value -> Requests.encode(NONCE, value.kind(), value.parameters()),
            (name, file) -> Requests.decode(7, name, file)),
        new Golden<>(
            "answer",
            "{\"replayed\":3}",
            answer -> Requests.encodeAnswer(NONCE, answer),
            Requests::decodeAnswer),
        new Golden<>(
            "snapshot", snapshot(), value -> Snapshot.encode(NONCE, value), Snapshot::decode),
        new Golden<>(
            "working-set",
            contents(part()),
            value -> IndexPart.encode(Kind.WORKING_SET, NONCE, part()),
            (name, file) -> contents(IndexPart.decode(Kind.WORKING_SET, name, file))),
        new Golden<>(
            "v2/working-set",
            contents(unreadPart()),
            value -> IndexPart.encode(Kind.WORKING_SET, NONCE, unreadPart()),
            (name, file) -> contents(IndexPart.decode(Kind.WORKING_SET, name, file))),
        new Golden<>(
            "v2/history",
            contents(unreadPart()),
            value -> IndexPart.encode(Kind.HISTORY, NONCE, unreadPart()),
            (name, file) -> contents(IndexPart.decode(Kind.HISTORY, name, file))),
        new Golden<>(
            "waiting",
            List.of(41L, List.of(10L, 0L), List.of(1_000L, 999L)),
            value ->
                WaitingCodec.encode(
                    NONCE,
                    new WaitingArrivals.Copy(41, new long[] {10, 0}, new long[] {1_000, 999}),
                    0),
            (name, file) -> {
              WaitingArrivals.Copy waiting = WaitingCodec.decode(name, file);
              return List.of(
                  waiting.committed(), boxed(waiting.bytes()), boxed(waiting.eventMillis()));
            }),
        new Golden<>(
            "history",
            contents(part()),
            value -> IndexPart.encode(Kind.HISTORY, NONCE, part()),
            (name, file) -> contents(IndexPart.decode(Kind.HISTORY, name, file))));
  }

  @ParameterizedTest
  @MethodSource("everyKind")
  void aFileOfAnyVersionIsReadAsItWasMeant(Golden<?> golden) throws IOException {
    assertThat(golden.decoder().apply(golden.name(), bytes(golden.name())))
        .isEqualTo(golden.value());
  }

  @ParameterizedTest
  @MethodSource("everyKind")
  void whatIsWrittenNowIsItsVersionToTheByte(Golden<?> golden) throws IOException {
    assertThat(HexFormat.of().formatHex(golden.encoded()))
        .as("a format that changes needs a new version, and golden files of its own")
        .isEqualTo(HexFormat.of().formatHex(bytes(golden.name())));
  }

  @ParameterizedTest
  @MethodSource("everyKind")
  void noDamageOfAByteGoesUnnoticed(Golden<?> golden) throws IOException {
    byte[] file = bytes(golden.name());
    for (int offset = 0; offset < file.length; offset++) {
      byte[] damaged = file.clone();
      damaged[offset] ^= 0x10;
      assertThatThrownBy(() -> golden.decoder().apply("the/name", damaged))
          .as("byte %d", offset)
          .isInstanceOf(LedgerException.class)
          .hasMessageContaining("the/name");
    }
    byte[] torn = java.util.Arrays.copyOf(file, file.length - 1);
    assertThatThrownBy(() -> golden.decoder().apply("the/name", torn))
        .isInstanceOf(LedgerException.class)
        .hasMessageContaining("the/name is damaged");
  }

  @Test
  void aFileOfALaterVersionIsLeftToTheApplicationThatWroteIt() throws IOException {
    byte[] file = bytes("segment");
    file[5] = 4;

    assertThatThrownBy(() -> SegmentCodec.decode("segments/000000000003", file))
        .isInstanceOf(LedgerException.class)
        .hasMessage(
            "ledger file segments/000000000003 has format version 4, this application knows version"
                + " 3: run the version of Millrace that wrote it, or a later one");
  }

  @Test
  void everyKindHasAGoldenFileAndALineInTheReference() throws IOException {
    String reference = Files.readString(Path.of("../docs/reference/ledger-format.md"));
    for (Kind kind : Kind.values()) {
      String name = kind.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
      assertThat(bytes(name)[6]).as(name).isEqualTo(kind.code());
      assertThat(reference).contains("| %d | %s |".formatted(kind.code(), name));
    }
    assertThat(reference)
        .contains("`%s`".formatted(LedgerNames.segment(7)))
        .contains("`%s`".formatted(LedgerNames.prepared(1, 1)))
        .contains("`%s`".formatted(LedgerNames.rejected(3, 1)))
        .contains("`%s`".formatted(LedgerNames.request(1)))
        .contains("`%s`".formatted(LedgerNames.answer(1)))
        .contains("`%s`".formatted(LedgerNames.snapshot(1000)))
        .contains("`%s`".formatted(LedgerNames.workingSet(1000, 0)))
        .contains("`%s`".formatted(LedgerNames.waiting(1000, 0)))
        .contains("`%s`".formatted(LedgerNames.history(1000, 1, 0)));
  }

  private static Segment segment(Sighting seen) {
    Notification event =
        new Notification("b", "ä/1", null, "e1", "0055AED6", 42, TIME, Origin.EVENT);
    Notification listed = new Notification("b", "k", "v1", null, null, 0, TIME, Origin.LISTING);
    return new Segment(
        7,
        new Owner(2, NONCE, "host process 1"),
        40,
        List.of(new Arrival(40, event, TIME, false), new Arrival(41, listed, TIME, true)),
        List.of(seen),
        new CommittedOffset(39, 1),
        3,
        5);
  }

  private static Prepared prepared() {
    OutputFile file =
        new OutputFile(
            "date=2026-11-01/a.parquet",
            1_234,
            2,
            Collections.unmodifiableMap(
                new java.util.TreeMap<>(Map.of("date", "2026-11-01", "hour", "12"))),
            "{\"numRecords\":2}",
            99);
    OutputFile bare = new OutputFile("q.parquet", 5, 1, Map.of(), null, 98);
    return new Prepared(
        new CommittedOffset(39, 2),
        new PreparedBatch(
            40,
            44,
            1,
            List.of(
                new Outcome(40, Outcome.Kind.CONVERTED, null, 3, 2, 1, 77),
                Outcome.without(41, Outcome.Kind.SUPERSEDED, null),
                Outcome.without(42, Outcome.Kind.QUARANTINED, "too-many-malformed"),
                Outcome.without(43, Outcome.Kind.CHANGED, null),
                Outcome.without(44, Outcome.Kind.GONE, null)),
            List.of(file),
            List.of(bare),
            List.of(3L, 17L)));
  }

  private static Prepared preparedWithPendingFiles() {
    Map<String, String> none = Map.of();
    return new Prepared(
        CommittedOffset.NONE,
        new PreparedBatch(
            1,
            1,
            2,
            List.of(new Outcome(1, Outcome.Kind.CONVERTED, null, 3, 3, 0, 77)),
            List.of(
                new OutputFile(
                    "a.parquet", 5, 1, none, null, 97, new Pending.Upload("id", "n", List.of("x"))),
                new OutputFile("b.parquet", 6, 2, none, null, 98, new Pending.Staged("_s/b"))),
            List.of(new OutputFile("q.parquet", 7, 0, none, null, 99)),
            List.of()));
  }

  private static Snapshot snapshot() {
    return new Snapshot(
        1_000,
        5_000,
        new CommittedOffset(4_900, 1),
        0,
        2,
        1,
        1_790_000_000_000L,
        List.of(new Retention.Mark(4_900, 10, 20, 1_790_000_000_000L)),
        List.of(
            new HistoryRun(500, 2, 1, 20_000, 1_780_000_000_000L),
            new HistoryRun(1_000, 1, 0, 10, 1_785_000_000_000L)));
  }

  /** Entries of every form. */
  private static IndexPart part() {
    IndexShard shard = new IndexShard();
    shard.put(new Entry(new Fingerprint(1, 1), 11, false, "0055AED6DCD90281E5", 40, 40, false));
    shard.put(new Entry(new Fingerprint(2, 1), 12, true, null, 41, 0, false));
    shard.put(new Entry(new Fingerprint(3, 1), 13, false, "0055aed6dcd90281e5", 42, 7, false));
    shard.put(
        new Entry(new Fingerprint(-1, 1), 14, false, "a longer one than S3 has", 43, 0, false));
    shard.add(new Fingerprint(1, 99), 38);
    shard.add(new Fingerprint(-1, 99), 39);
    return shard.copy(0, true);
  }

  /** Of an object that was gone when it was to be read. */
  private static IndexPart unreadPart() {
    IndexShard shard = new IndexShard();
    shard.put(new Entry(new Fingerprint(1, 1), 11, false, "0055AED6", 40, 7, true));
    return shard.copy(0, true);
  }

  private static List<Object> contents(IndexPart part) {
    List<Object> contents = new java.util.ArrayList<>();
    for (int row = 0; row < part.keyCount(); row++) {
      contents.add(part.entry(row));
    }
    part.forEachVersion((version, ordinal) -> contents.add(Map.entry(version, ordinal)));
    return contents;
  }

  private static List<Long> boxed(long[] values) {
    return java.util.Arrays.stream(values).boxed().toList();
  }

  private static byte[] bytes(String name) throws IOException {
    try (InputStream in =
        LedgerFormatTest.class.getResourceAsStream(
            "/ledger/" + (name.contains("/") ? name : "v1/" + name) + ".hex")) {
      String hex = new String(in.readAllBytes(), StandardCharsets.US_ASCII);
      return HexFormat.of().parseHex(hex.replaceAll("\\s", ""));
    }
  }
}
