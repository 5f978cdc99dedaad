package io.millrace.output;

import java.io.Serializable;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The names of one stream's data files: {@code part-<first ordinal>-<last
 * ordinal>.<attempt>-<number>-<ledger's UUID>.parquet}.
 *
 * <p>A name is never that of two batches, attempts or streams: what lies under it can only be what
 * the one prepared record of its attempt names.
 *
 * @param ledger the identity of the stream's ledger
 */
public record FileNames(UUID ledger) implements Serializable {
  private static final long serialVersionUID = 1;
  private static final Pattern FORM =
      Pattern.compile("part-([0-9]{12,18})-([0-9]{12,18})\\.([0-9]{1,9})-[0-9]{5,10}-(.{36})\\..*");

  String of(BatchName batch, int number) {
    return String.format(Locale.ROOT, "part-%s-%05d-%s.parquet", batch, number, ledger);
  }

  /**
   * The batch that a file is of.
   *
   * @param name without directories; what follows the UUID does not count
   * @return empty for a file that is not this stream's
   */
  Optional<BatchName> batch(String name) {
    Matcher matcher = FORM.matcher(name);
    if (!matcher.matches() || !matcher.group(4).equals(ledger.toString())) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new BatchName(
              Long.parseLong(matcher.group(1)),
              Long.parseLong(matcher.group(2)),
              Integer.parseInt(matcher.group(3))));
    } catch (IllegalArgumentException e) {
      return Optional.empty(); // not one of ours, however like it looks
    }
  }
}
