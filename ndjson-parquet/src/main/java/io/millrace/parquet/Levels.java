package io.millrace.parquet;

import io.millrace.vector.ListVector;
import io.millrace.vector.Vector;
import java.util.Arrays;

/**
 * How each entry of a column stands at one node of the schema: an entry is a value or the place
 * where one is missing. A live entry is one that the node's vector has a slot for.
 */
final class Levels {
  private static final long ONES = 0x0101010101010101L;
  private static final long SEVEN_BITS = 0x7F7F7F7F7F7F7F7FL;
  private static final int SLACK = 8;

  private final int liveLevel;
  private final int maxRepetition;

  private int size;
  private int live;

  /** One an entry; out of date while all entries are live. */
  private byte[] definitions = new byte[SLACK];

  /** One an entry; out of date while nothing repeats. */
  private byte[] repetitions = new byte[SLACK];

  /**
   * @param liveLevel the definition level of live entries
   * @param maxRepetition the highest repetition level, 0 if nothing repeats
   */
  Levels(int liveLevel, int maxRepetition) {
    this.liveLevel = liveLevel;
    this.maxRepetition = maxRepetition;
  }

  int size() {
    return size;
  }

  int live() {
    return live;
  }

  /** Entries that are live and nothing else. */
  void allLive(int entries) {
    size = entries;
    live = entries;
  }

  /** Takes over a parent's levels for its children, which have a slot where it has a value. */
  void structs(Levels parent, Vector structs) {
    size = parent.size;
    live = structs.count();
    repetitions = parent.repetitions;
    if (live < size) {
      reserve(size);
      parent.define(structs, liveLevel - parent.liveLevel, definitions);
    }
  }

  /** Takes over a parent's levels for the elements of its lists. */
  void lists(Levels parent, ListVector lists, boolean nullable) {
    live = lists.slots() == 0 || lists.count() == 0 ? 0 : lists.ends()[lists.count() - 1];
    reserve(Math.addExact(parent.size, live));
    if (repetitions.length < definitions.length) {
      repetitions = new byte[definitions.length];
    }
    int empty = nullable ? parent.liveLevel + 1 : parent.liveLevel;
    int[] ends = lists.ends();
    boolean allPresent = lists.count() == lists.slots();
    boolean allLive = parent.live == parent.size;
    int entry = 0;
    int slot = 0;
    int list = 0;
    int begin = 0;
    for (int i = 0; i < parent.size; i++) {
      byte repetition = parent.maxRepetition == 0 ? 0 : parent.repetitions[i];
      repetitions[entry] = repetition;
      if (!allLive && parent.definitions[i] != parent.liveLevel) {
        definitions[entry++] = parent.definitions[i];
      } else if (!allPresent && !lists.isPresent(slot++)) {
        definitions[entry++] = (byte) parent.liveLevel;
      } else {
        int end = ends[list++];
        if (end == begin) {
          definitions[entry++] = (byte) empty;
        } else {
          definitions[entry++] = (byte) liveLevel;
          for (int j = begin + 1; j < end; j++) {
            definitions[entry] = (byte) liveLevel;
            repetitions[entry++] = (byte) maxRepetition;
          }
          begin = end;
        }
      }
    }
    size = entry;
  }

  /** Writes the levels of a leaf that has a slot for each live entry. */
  void encode(Vector leaf, boolean nullable, LevelEncoder definition, LevelEncoder repetition) {
    int maxDefinition = nullable ? liveLevel + 1 : liveLevel;
    if (maxRepetition > 0) {
      repetition.levels(repetitions, size);
    }
    if (maxDefinition == 0) {
      return;
    }
    boolean allPresent = leaf.count() == live;
    if (live < size) {
      byte[] levels = definitions;
      if (nullable) {
        levels = definition.scratch(size);
        define(leaf, 1, levels);
      }
      definition.levels(levels, size);
    } else if (allPresent) {
      definition.run(maxDefinition, size);
    } else {
      definition.bits(leaf.presence(), size, liveLevel);
    }
  }

  /** Entries whose slot has a value get {@code step} more than the live level, others theirs. */
  private void define(Vector vector, int step, byte[] target) {
    if (step == 0) {
      System.arraycopy(definitions, 0, target, 0, size);
    } else if (live == size) {
      fromPresence(vector, step, target);
    } else if (vector.count() == live) {
      raiseLive(step, target);
    } else {
      raisePresent(vector, step, target);
    }
  }

  private void fromPresence(Vector vector, int step, byte[] target) {
    if (vector.count() == size) {
      Arrays.fill(target, 0, size, (byte) (liveLevel + step));
      return;
    }
    long[] present = vector.presence();
    for (int i = 0; i < size; i += 8) {
      int bits = (int) (present[i >>> 6] >>> i) & 0xFF;
      Bytes.setLong(target, i, LevelEncoder.spread(bits) * step + liveLevel * ONES);
    }
  }

  private void raiseLive(int step, byte[] target) {
    long wanted = liveLevel * ONES;
    for (int i = 0; i < size; i += 8) {
      long levels = Bytes.getLong(definitions, i);
      long other = levels ^ wanted;
      long isLive = (~(((other & SEVEN_BITS) + SEVEN_BITS) | other) >>> 7) & ONES;
      Bytes.setLong(target, i, levels + isLive * step);
    }
  }

  private void raisePresent(Vector vector, int step, byte[] target) {
    long[] present = vector.presence();
    int slot = 0;
    for (int i = 0; i < size; i++) {
      int level = definitions[i];
      if (level == liveLevel) {
        level += (int) (present[slot >>> 6] >>> slot & 1) * step;
        slot++;
      }
      target[i] = (byte) level;
    }
  }

  private void reserve(int entries) {
    if (entries + SLACK > definitions.length) {
      definitions = new byte[Math.max(entries, 2 * definitions.length) + SLACK];
    }
  }
}
