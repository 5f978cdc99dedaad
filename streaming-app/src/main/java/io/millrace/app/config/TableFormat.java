package io.millrace.app.config;

import io.millrace.ledger.OnOverwrite;

/** What a stream's main table is. */
public enum TableFormat {
  DELTA(OnOverwrite.REPLACE),
  /** A directory of files that any reader of Hive's layout understands. */
  PARQUET(OnOverwrite.APPEND);

  private final OnOverwrite standard;

  TableFormat(OnOverwrite standard) {
    this.standard = standard;
  }

  /** What a new version of a key means where nothing is said. */
  OnOverwrite standardOnOverwrite() {
    return standard;
  }
}
