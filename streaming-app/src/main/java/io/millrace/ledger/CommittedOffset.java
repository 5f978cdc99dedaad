package io.millrace.ledger;

/**
 * How far a table is, by the table's own word.
 *
 * @param ordinal the highest ordinal whose outcome is committed; 0 where nothing is
 * @param attempt the attempt of the prepared record that was committed last; 0 where nothing is
 */
public record CommittedOffset(long ordinal, int attempt) {

  /** A table that has seen no batch. */
  public static final CommittedOffset NONE = new CommittedOffset(0, 0);

  public CommittedOffset {
    if (ordinal < 0 || attempt < 0 || (ordinal == 0) != (attempt == 0)) {
      throw new IllegalArgumentException(
          "no committed offset: ordinal %d, attempt %d".formatted(ordinal, attempt));
    }
  }
}
