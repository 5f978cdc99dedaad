package io.millrace.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.ledger.Known.Verdict;
import io.millrace.ledger.Segment.Sighting;
import io.millrace.notification.Notification;
import io.millrace.notification.Notification.Origin;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ObjectIndexTest {
  private static final Instant NOON = Instant.parse("2026-11-01T12:00:00Z");
  private static final List<Origin> ORIGINS =
      List.of(
          Origin.EVENT,
          Origin.EVENT,
          Origin.EVENT,
          Origin.EVENT,
          Origin.EVENT,
          Origin.LISTING,
          Origin.MANIFEST,
          Origin.REPLAY);
  private static final List<@Nullable String> SEQUENCERS =
      Collections.unmodifiableList(
          java.util.Arrays.asList(
              null,
              "0",
              "00",
              "01",
              "010",
              "0A",
              "0a",
              "0aB",
              "0055AED6DCD90281E5",
              "0055AED6DCD90281E50",
              "0055AED6DCD90281E5F1",
              "not hexadecimal",
              "00618E6C4D9A8E3D5C",
              "FFFFFFFFFFFFFFFFFF"));

  /** A sighting as it was applied. */
  private record Sighted(Sighting sighting, long head) {}

  /** Every step is taken by both; what they say of it, and of each arrival, must be the same. */
  @ParameterizedTest
  @EnumSource
  void itJudgesRandomHistoriesAsTheOracleDoes(OnOverwrite policy) {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    for (int round = 0; round < 60; round++) {
      ObjectIndex index = new ObjectIndex(policy);
      PlainObjectIndex oracle = new PlainObjectIndex(policy);
      List<Arrival> arrivals = new ArrayList<>();
      for (int step = 0; step < 400; step++) {
        Notification object = object(random, 1 + round % 12);
        Verdict verdict = oracle.judge(object);
        assertThat(index.judge(object))
            .as("seed %d, round %d, step %d: %s", seed, round, step, object)
            .isEqualTo(verdict);
        take(verdict, object, arrivals, index, oracle);
        if (!arrivals.isEmpty() && random.nextInt(3) == 0) {
          Arrival some = arrivals.get(random.nextInt(arrivals.size()));
          if (random.nextInt(3) == 0) {
            assertThat(index.unread(some)).isEqualTo(oracle.unread(some));
          } else {
            index.converted(some);
            oracle.converted(some);
          }
        }
      }
      for (Arrival arrival : arrivals) {
        assertThat(index.isNewest(arrival))
            .as("seed %d, round %d: %s", seed, round, arrival)
            .isEqualTo(oracle.isNewest(arrival));
        Entry entry = index.get(Fingerprint.ofKey(arrival.object()));
        long rows = entry == null ? 0 : entry.rows();
        if (policy == OnOverwrite.REPLACE) {
          assertThat(rows > 0 && rows < arrival.ordinal() ? List.of(rows) : List.of())
              .as("seed %d, round %d: rows of %s", seed, round, arrival)
              .isEqualTo(oracle.replacedBy(arrival));
        }
      }
    }
  }

  /** A snapshot's parts are copies of different moments; the segments after it are then applied. */
  @ParameterizedTest
  @EnumSource
  void copiesOfDifferentMomentsAndWhatFollowedGiveTheSame(OnOverwrite policy) {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    for (int round = 0; round < 30; round++) {
      ObjectIndex index = new ObjectIndex(policy);
      List<Object> log = new ArrayList<>();
      List<Arrival> arrivals = new ArrayList<>();
      int bits = random.nextInt(5);
      int begun = random.nextInt(200);
      List<IndexPart> parts = new ArrayList<>();
      for (int step = 0; step < 400; step++) {
        while (step >= begun && parts.size() < 1 << bits && random.nextInt(4) == 0) {
          parts.add(throughBytes(index.copy(bits, parts.size(), 0, true)));
        }
        Notification object = object(random, 12);
        Object applied = apply(index.judge(object), object, arrivals, index);
        if (applied != null && step >= begun) {
          log.add(applied);
        }
      }
      while (parts.size() < 1 << bits) {
        parts.add(throughBytes(index.copy(bits, parts.size(), 0, true)));
      }

      ObjectIndex restored = new ObjectIndex(policy);
      parts.forEach(restored::load);
      for (Object applied : log) {
        if (applied instanceof Arrival arrival) {
          restored.apply(arrival);
        } else {
          Sighted sighted = (Sighted) applied;
          restored.apply(sighted.sighting(), sighted.head());
        }
      }

      assertThat(everything(restored))
          .as("seed %d, round %d", seed, round)
          .isEqualTo(everything(index));
    }
  }

  @Test
  void growthOfOneShardLeavesNoRowBehind() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    LongTable table = new LongTable(3);
    List<long[]> rows = new ArrayList<>();
    for (int i = 0; i < 20_000; i++) {
      long[] row = {random.nextLong(), i % 7 == 0 ? 5 : random.nextLong(), i + 1};
      table.put(row, 0);
      rows.add(row);
    }
    assertThat(table.removeIf((words, offset) -> words[offset + 2] % 3 == 0)).isEqualTo(6_666);

    for (long[] row : rows) {
      int offset = table.find(row[0], row[1]);
      if (row[2] % 3 == 0) {
        assertThat(offset).as("seed %d, removed row %d", seed, row[2]).isEqualTo(-1);
      } else {
        assertThat(table.word(offset, 2)).as("seed %d", seed).isEqualTo(row[2]);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"0", "0055AED6DCD90281E5", "abc", "ABC", "aB", "x", "", "0123456789012345678"})
  void aSequencerIsKeptAsItWasSpelled(String sequencer) {
    IndexShard shard = new IndexShard();
    Entry entry =
        new Entry(new Fingerprint(1, 2), 3, false, sequencer, PackedEntry.MAX_ORDINAL, 7, true);
    shard.put(entry);

    assertThat(shard.get(entry.key())).isEqualTo(entry);
  }

  private static void take(
      Verdict verdict,
      Notification object,
      List<Arrival> arrivals,
      ObjectIndex index,
      PlainObjectIndex oracle) {
    Object applied = apply(verdict, object, arrivals, index);
    if (applied instanceof Arrival arrival) {
      oracle.apply(arrival);
    } else if (applied instanceof Sighted) {
      oracle.sight(object);
    }
  }

  private static @Nullable Object apply(
      Verdict verdict, Notification object, List<Arrival> arrivals, ObjectIndex index) {
    switch (verdict) {
      case NEW, SUPERSEDED -> {
        Notification ranked =
            verdict == Verdict.SUPERSEDED
                ? object
                : index.known(Fingerprint.ofKey(object)).ranked(object);
        Arrival arrival =
            new Arrival(arrivals.size() + 1, ranked, NOON, verdict == Verdict.SUPERSEDED);
        arrivals.add(arrival);
        index.apply(arrival);
        return arrival;
      }
      case SIGHTING -> {
        Known known = index.known(Fingerprint.ofKey(object));
        Sighting sighting = Sighting.of(known.versionOf(object), object);
        Sighted sighted = new Sighted(sighting, arrivals.size());
        index.apply(sighting, sighted.head());
        return sighted;
      }
      case DUPLICATE -> {
        return null;
      }
    }
    throw new IllegalStateException(verdict.toString());
  }

  private static Notification object(Random random, int keys) {
    String key = "key " + random.nextInt(keys);
    boolean versioned = random.nextInt(4) == 0;
    Origin origin = ORIGINS.get(random.nextInt(ORIGINS.size()));
    return new Notification(
        "b",
        key,
        versioned ? "v" + random.nextInt(5) : null,
        versioned && random.nextBoolean() ? null : "e" + random.nextInt(4),
        SEQUENCERS.get(random.nextInt(SEQUENCERS.size())),
        1,
        NOON,
        origin);
  }

  private static IndexPart throughBytes(IndexPart part) {
    byte[] file = IndexPart.encode(LedgerFile.Kind.WORKING_SET, new UUID(0, 0), part);
    return IndexPart.decode(LedgerFile.Kind.WORKING_SET, "part", file);
  }

  /** All that it knows, for comparisons. */
  static List<Object> everything(ObjectIndex index) {
    IndexPart all = index.copy(0, 0, 0, true);
    List<Object> everything = new ArrayList<>();
    for (int row = 0; row < all.keyCount(); row++) {
      everything.add(all.entry(row));
    }
    all.forEachVersion((version, ordinal) -> everything.add(version + " " + ordinal));
    return everything;
  }
}
