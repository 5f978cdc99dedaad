package io.millrace.ledger;

import java.util.Locale;

/** The names of a ledger's files. Numbers have twelve digits, so that listings sort for people. */
final class LedgerNames {
  static final String STREAM = "stream";

  private LedgerNames() {}

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
