package io.millrace.request;

import java.util.Collection;
import org.apache.hadoop.fs.FileSystem;

/**
 * What this JVM has asked for since it started.
 *
 * <p>Static, since a Spark task has nowhere else to keep what outlives it. Safe for several
 * threads.
 */
public final class ProcessRequests {
  private static final RequestCounter OBJECTS = new RequestCounter();
  private static final RequestCounter UPLOADS = new RequestCounter();

  private ProcessRequests() {}

  /** Counts for the clients that read objects. */
  public static RequestCounter objects() {
    return OBJECTS;
  }

  /** Counts the requests of uploads that stay pending until a commit. */
  public static RequestCounter uploads() {
    return UPLOADS;
  }

  /**
   * All that was counted so far.
   *
   * @param files the file systems that count, each once however often it is named
   */
  public static StorageRequests counts(Collection<FileSystem> files) {
    return new StorageRequests(OBJECTS.counts(), S3aRequests.of(files), UPLOADS.counts());
  }
}
