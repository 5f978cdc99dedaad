package io.millrace.ledger;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The names of a ledger's files. Numbers have twelve digits, so that listings sort for people. */
final class LedgerNames {
  static final String STREAM = "stream";

  private static final Map<String, LedgerFile.Kind> DIRECTORIES =
      Map.of(
          "segments", LedgerFile.Kind.SEGMENT,
          "prepared", LedgerFile.Kind.PREPARED,
          "rejected", LedgerFile.Kind.REJECTED,
          "requests", LedgerFile.Kind.REQUEST,
          "answers", LedgerFile.Kind.ANSWER,
          "snapshots", LedgerFile.Kind.SNAPSHOT,
          "history", LedgerFile.Kind.HISTORY);

  private LedgerNames() {}

  /** What a file of that name holds; empty for what is there for a moment only. */
  static Optional<LedgerFile.Kind> kind(String name) {
    if (name.equals(STREAM)) {
      return Optional.of(LedgerFile.Kind.STREAM);
    }
    int slash = name.indexOf('/');
    if (slash < 0 || name.startsWith(".", slash + 1)) {
      return Optional.empty();
    }
    if (name.startsWith("snapshots/")) {
      if (name.contains(".keys.")) {
        return Optional.of(LedgerFile.Kind.WORKING_SET);
      }
      if (name.contains(".waiting.")) {
        return Optional.of(LedgerFile.Kind.WAITING);
      }
    }
    return Optional.ofNullable(DIRECTORIES.get(name.substring(0, slash)));
  }

  static String segment(long number) {
    return "segments/" + padded(number);
  }

  static String prepared(long firstOrdinal, int attempt) {
    return "prepared/" + padded(firstOrdinal) + "." + attempt;
  }

  static String rejected(long epoch, long number) {
    return "rejected/" + padded(epoch) + "." + padded(number);
  }

  static String request(long number) {
    return "requests/" + padded(number);
  }

  static String answer(long number) {
    return "answers/" + padded(number);
  }

  static String snapshot(long segment) {
    return "snapshots/" + padded(segment);
  }

  static String workingSet(long snapshot, int part) {
    return snapshot(snapshot) + ".keys." + padded(part);
  }

  static String waiting(long snapshot, int part) {
    return snapshot(snapshot) + ".waiting." + padded(part);
  }

  static String history(long snapshot, int sequence, int part) {
    return "history/" + padded(snapshot) + "." + sequence + "." + padded(part);
  }

  private static String padded(long number) {
    return String.format(Locale.ROOT, "%012d", number);
  }
}
