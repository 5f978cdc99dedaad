package io.millrace.convert;

import io.millrace.request.AssumedRole;
import java.io.Serializable;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * Where objects are, and as whom to read them.
 *
 * @param endpoint where S3 listens; null takes the region's own
 * @param region the AWS region; null takes that of the environment
 * @param pathStyle whether buckets go into the URL's path rather than into the host's name
 * @param role a role to assume; null reads with the default credentials
 * @param limits of each request
 * @param reads of large objects
 */
public record ObjectStoreSettings(
    @Nullable URI endpoint,
    @Nullable String region,
    boolean pathStyle,
    @Nullable AssumedRole role,
    RequestLimits limits,
    ParallelReads reads)
    implements Serializable {

  /** With the default limits. */
  public ObjectStoreSettings(
      @Nullable URI endpoint,
      @Nullable String region,
      boolean pathStyle,
      @Nullable AssumedRole role) {
    this(endpoint, region, pathStyle, role, RequestLimits.defaults());
  }

  /** With the default way of reading large objects. */
  public ObjectStoreSettings(
      @Nullable URI endpoint,
      @Nullable String region,
      boolean pathStyle,
      @Nullable AssumedRole role,
      RequestLimits limits) {
    this(endpoint, region, pathStyle, role, limits, ParallelReads.defaults());
  }
}
