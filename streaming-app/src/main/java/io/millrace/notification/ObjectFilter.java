package io.millrace.notification;

import java.util.List;
import java.util.Set;

/**
 * Which objects are the stream's.
 *
 * @param buckets the buckets that it may read, one at least; there is no wildcard
 * @param prefixes beginnings of keys, of which one must match; none lets every key pass
 * @param suffixes ends of keys, of which one must match; none lets every key pass
 */
public record ObjectFilter(Set<String> buckets, List<String> prefixes, List<String> suffixes) {

  public ObjectFilter {
    buckets = Set.copyOf(buckets);
    prefixes = List.copyOf(prefixes);
    suffixes = List.copyOf(suffixes);
    if (buckets.isEmpty()) {
      throw new IllegalArgumentException("a stream needs a bucket that it may read");
    }
  }

  /** Every key of one bucket. */
  public static ObjectFilter ofBucket(String bucket) {
    return new ObjectFilter(Set.of(bucket), List.of(), List.of());
  }

  boolean allowsBucket(String bucket) {
    return buckets.contains(bucket);
  }

  boolean matchesKey(String key) {
    return (prefixes.isEmpty() || prefixes.stream().anyMatch(key::startsWith))
        && (suffixes.isEmpty() || suffixes.stream().anyMatch(key::endsWith));
  }
}
