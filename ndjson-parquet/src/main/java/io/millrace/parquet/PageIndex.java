package io.millrace.parquet;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.parquet.format.BoundaryOrder;
import org.apache.parquet.format.ColumnIndex;
import org.apache.parquet.format.OffsetIndex;
import org.apache.parquet.format.PageLocation;

/** What readers may know of a column chunk's pages before they read one. */
final class PageIndex {
  /** Bytes of a text's bounds; parquet-java's figure. */
  private static final int MAX_BOUND = 64;

  private static final ByteBuffer NO_BOUND = ByteBuffer.allocate(0).asReadOnlyBuffer();

  private final List<PageLocation> locations = new ArrayList<>();
  private final List<Boolean> nullPages = new ArrayList<>();
  private final List<Long> nullCounts = new ArrayList<>();
  private final List<ByteBuffer> mins = new ArrayList<>();
  private final List<ByteBuffer> maxes = new ArrayList<>();
  private final Range previous;
  private boolean hasPrevious;
  private boolean isComplete = true;
  private boolean isAscending = true;
  private boolean isDescending = true;

  /**
   * @param kind a range of the column's kind
   */
  PageIndex(Range kind) {
    this.previous = kind.fresh();
  }

  /**
   * Adds where a page lies.
   *
   * @param offset from the beginning of the chunk's data pages
   * @param size header included
   * @param firstRow in the row group
   */
  void addLocation(long offset, int size, long firstRow) {
    locations.add(new PageLocation(offset, size, firstRow));
  }

  /**
   * Adds what a page holds.
   *
   * @param isNullPage whether no entry has a value
   * @param nulls entries without value
   */
  void addBounds(boolean isNullPage, long nulls, Range range) {
    nullPages.add(isNullPage);
    nullCounts.add(nulls);
    if (isNullPage) {
      mins.add(NO_BOUND);
      maxes.add(NO_BOUND);
    } else if (isComplete && range.isKnown()) {
      mins.add(ByteBuffer.wrap(range.min(MAX_BOUND)));
      maxes.add(ByteBuffer.wrap(range.max(MAX_BOUND)));
      order(range);
    } else {
      // The format has no place for a page whose bounds are unknown.
      isComplete = false;
    }
  }

  private void order(Range range) {
    if (hasPrevious) {
      int byMin = previous.compareMin(range);
      int byMax = previous.compareMax(range);
      isAscending &= byMin <= 0 && byMax <= 0;
      isDescending &= byMin >= 0 && byMax >= 0;
    }
    previous.clear();
    previous.add(range);
    hasPrevious = true;
  }

  /** Where pages lie once the first one lies at {@code base} in the file. */
  OffsetIndex offsets(long base) {
    locations.forEach(location -> location.setOffset(location.getOffset() + base));
    return new OffsetIndex(List.copyOf(locations));
  }

  /** The bounds of all pages, if all are known. */
  Optional<ColumnIndex> bounds() {
    if (!isComplete) {
      return Optional.empty();
    }
    BoundaryOrder order =
        isAscending
            ? BoundaryOrder.ASCENDING
            : isDescending ? BoundaryOrder.DESCENDING : BoundaryOrder.UNORDERED;
    return Optional.of(
        new ColumnIndex(List.copyOf(nullPages), List.copyOf(mins), List.copyOf(maxes), order)
            .setNull_counts(List.copyOf(nullCounts)));
  }

  void clear() {
    locations.clear();
    nullPages.clear();
    nullCounts.clear();
    mins.clear();
    maxes.clear();
    hasPrevious = false;
    isComplete = true;
    isAscending = true;
    isDescending = true;
  }
}
