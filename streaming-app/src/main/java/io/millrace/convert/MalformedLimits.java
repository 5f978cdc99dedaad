package io.millrace.convert;

import java.io.Serializable;
import java.util.Map;

/**
 * How many malformed records a task keeps.
 *
 * @param task of all objects together
 * @param objects by ordinal; what is not there has no limit of its own
 * @param onlyMalformed whether rows are not written, and an object is read no further once it has
 *     no quota left
 */
record MalformedLimits(Quota task, Map<Long, Quota> objects, boolean onlyMalformed)
    implements Serializable {
  /**
   * Of the pass that converts: more than a whole batch may keep is not written, for then a second
   * pass decides what is kept.
   */
  static MalformedLimits ofFirstPass(QuarantineLimits limits) {
    return new MalformedLimits(
        new Quota(limits.maxKeptRecords(), limits.maxKeptBytes()), Map.of(), false);
  }

  static MalformedLimits ofSecondPass(Map<Long, Quota> objects) {
    return new MalformedLimits(Quota.UNLIMITED, objects, true);
  }

  Quota of(long ordinal) {
    return objects.getOrDefault(ordinal, Quota.UNLIMITED);
  }
}
