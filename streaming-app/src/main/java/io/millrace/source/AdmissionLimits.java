package io.millrace.source;

import org.apache.spark.sql.connector.read.streaming.ReadLimit;

/**
 * How much one batch takes at most.
 *
 * @param maxObjects arrivals, 1 at least
 * @param maxBytes the sizes of their objects together, 1 at least; exceeded only by a batch of one
 *     single larger object
 */
public record AdmissionLimits(long maxObjects, long maxBytes) implements ReadLimit {

  static final AdmissionLimits NONE = new AdmissionLimits(Long.MAX_VALUE, Long.MAX_VALUE);

  public AdmissionLimits {
    if (maxObjects < 1) {
      throw new IllegalArgumentException("maxObjects must be 1 at least, not " + maxObjects);
    }
    if (maxBytes < 1) {
      throw new IllegalArgumentException("maxBytes must be 1 at least, not " + maxBytes);
    }
  }
}
