package io.millrace.demo.check;

/**
 * What should be in the tables: a map from identity to content and object, and how often each was
 * seen. An open hash table of primitives, 29 bytes a slot and at most two thirds full.
 */
final class Expectations {
  private static final int FIRST_SLOTS = 1 << 12;

  /** No slot. */
  static final int NONE = -1;

  private long[] high = new long[FIRST_SLOTS];
  private long[] low = new long[FIRST_SLOTS];
  private long[] contents = new long[FIRST_SLOTS];

  /** Index plus one; 0 marks a free slot. */
  private int[] objects = new int[FIRST_SLOTS];

  private byte[] sightings = new byte[FIRST_SLOTS];
  private int size;

  int size() {
    return size;
  }

  /**
   * Expects something.
   *
   * @return false where it was expected before
   */
  boolean add(Fingerprint identity, long content, int object) {
    if (3L * (size + 1) > 2L * objects.length) {
      grow();
    }
    int slot = probe(identity.high(), identity.low());
    if (objects[slot] != 0) {
      return false;
    }
    put(slot, identity.high(), identity.low(), content, object + 1, (byte) 0);
    size++;
    return true;
  }

  /** The slot of an identity, or {@link #NONE}; valid until the next {@link #add}. */
  int find(Fingerprint identity) {
    int slot = probe(identity.high(), identity.low());
    return objects[slot] == 0 ? NONE : slot;
  }

  long content(int slot) {
    return contents[slot];
  }

  int object(int slot) {
    return objects[slot] - 1;
  }

  /** Notes a sighting, and tells whether it is the first. */
  boolean see(int slot) {
    boolean first = sightings[slot] == 0;
    sightings[slot] = 1;
    return first;
  }

  boolean isSeen(int slot) {
    return sightings[slot] != 0;
  }

  /** How many were never seen. */
  int unseen() {
    int unseen = 0;
    for (int slot = 0; slot < objects.length; slot++) {
      unseen += objects[slot] != 0 && sightings[slot] == 0 ? 1 : 0;
    }
    return unseen;
  }

  private int probe(long identityHigh, long identityLow) {
    int mask = objects.length - 1;
    int slot = (int) identityHigh & mask;
    while (objects[slot] != 0 && (high[slot] != identityHigh || low[slot] != identityLow)) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private void put(int slot, long h, long l, long content, int object, byte sighting) {
    high[slot] = h;
    low[slot] = l;
    contents[slot] = content;
    objects[slot] = object;
    sightings[slot] = sighting;
  }

  private void grow() {
    long[] oldHigh = high;
    long[] oldLow = low;
    long[] oldContents = contents;
    int[] oldObjects = objects;
    byte[] oldSightings = sightings;
    int slots = Math.multiplyExact(2, oldObjects.length);
    high = new long[slots];
    low = new long[slots];
    contents = new long[slots];
    objects = new int[slots];
    sightings = new byte[slots];
    for (int old = 0; old < oldObjects.length; old++) {
      if (oldObjects[old] != 0) {
        int slot = probe(oldHigh[old], oldLow[old]);
        put(slot, oldHigh[old], oldLow[old], oldContents[old], oldObjects[old], oldSightings[old]);
      }
    }
  }
}
