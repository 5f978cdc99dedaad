package io.millrace.ledger;

/** How an index is divided into files: by equal ranges of fingerprints. */
final class IndexParts {
  /** Rows that a file is to have at most, on average: 640 KiB of keys. */
  static final int ROWS_PER_PART = 16_384;

  /** A history of a hundred billion keys has larger files. */
  static final int MAX_BITS = 20;

  private IndexParts() {}

  /** The fewest bits with which so many rows make files of the named size. */
  static int bitsFor(long rows, int mostBits) {
    int bits = 0;
    while (bits < mostBits && rows >> bits > ROWS_PER_PART) {
      bits++;
    }
    return bits;
  }

  static int partOf(Fingerprint key, int bits) {
    return bits == 0 ? 0 : (int) (key.high() >>> (64 - bits));
  }
}
