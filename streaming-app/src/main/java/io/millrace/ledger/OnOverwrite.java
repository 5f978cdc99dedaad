package io.millrace.ledger;

/** What a new version of a known key means. */
public enum OnOverwrite {
  /** The old version's rows leave the table in the commit that brings the new ones. */
  REPLACE,
  /** The new version's rows join the old ones. */
  APPEND,
  /** Only the first version is read; later ones are born superseded. */
  IGNORE
}
