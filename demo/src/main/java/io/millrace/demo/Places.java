package io.millrace.demo;

import java.nio.file.Path;

/** Where the demo has its things, below one directory. */
record Places(Path directory) {

  /** The files of the S3 server, which are the objects. */
  Path table() {
    return directory.resolve("s3").resolve("lake").resolve("orders");
  }

  Path quarantine() {
    return table().resolveSibling("orders_quarantine");
  }

  Path streamFile() {
    return directory.resolve("orders.yaml");
  }

  Path progress() {
    return directory.resolve("progress.ndjson");
  }

  Path applicationLog() {
    return directory.resolve("application.log");
  }

  Path checkerLog() {
    return directory.resolve("checker.log");
  }

  Path serverLog() {
    return directory.resolve("server.log");
  }

  Path checkerReport() {
    return directory.resolve("checker.json");
  }

  Path scratch() {
    return directory.resolve("spark");
  }
}
