package io.millrace.benchmarks.stream;

import java.nio.file.Path;

/**
 * Where one peer's run has its things.
 *
 * @param directory of the local files
 * @param name of the buckets' prefixes
 */
record StreamPlaces(Path directory, String name) {
  static final String LANDING = "landing";
  static final String LAKE = "lake";

  Path configuration() {
    return directory.resolve("stream.yaml");
  }

  /** A line for each batch that is committed. */
  Path progress() {
    return directory.resolve("progress.jsonl");
  }

  Path log() {
    return directory.resolve("log.txt");
  }

  /** What the keys of its objects begin with. */
  String prefix() {
    return name + "/";
  }

  String key(int number) {
    return prefix() + "part-%05d.ndjson".formatted(number);
  }

  /** The key of a file's bytes, outside of what a peer reads. */
  String original(Path file) {
    return "originals/" + file.getFileName();
  }

  String table() {
    return "s3://%s/%s/table".formatted(LAKE, name);
  }

  String ledger() {
    return "s3://%s/%s/ledger".formatted(LAKE, name);
  }

  String checkpoint() {
    return "s3://%s/%s/checkpoint".formatted(LAKE, name);
  }

  /** The table's partitions on the S3 server's disk, as a pattern. */
  Path partitions(Path data) {
    return data.resolve("s3").resolve(LAKE).resolve(name).resolve("table").resolve("date=*");
  }
}
