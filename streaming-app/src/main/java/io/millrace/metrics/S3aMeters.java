package io.millrace.metrics;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.statistics.IOStatistics;
import org.apache.hadoop.fs.statistics.IOStatisticsSupport;
import org.apache.hadoop.fs.statistics.StoreStatisticNames;

/** What S3A's own statistics say of the driver's file systems; zeros where none is S3A's. */
final class S3aMeters {
  private static final String CLIENT = "s3a";

  /** The service's names, and the statistics that count them. */
  private static final Map<String, List<String>> OPERATIONS =
      Map.of(
          "GetObject", List.of(StoreStatisticNames.ACTION_HTTP_GET_REQUEST),
          "HeadObject", List.of(StoreStatisticNames.ACTION_HTTP_HEAD_REQUEST),
          "PutObject", List.of(StoreStatisticNames.OBJECT_PUT_REQUEST),
          "DeleteObject", List.of(StoreStatisticNames.OBJECT_DELETE_REQUEST),
          "ListObjectsV2",
              List.of(
                  StoreStatisticNames.OBJECT_LIST_REQUEST,
                  StoreStatisticNames.OBJECT_CONTINUE_LIST_REQUEST));

  private final Set<FileSystem> systems = Collections.newSetFromMap(new IdentityHashMap<>());

  S3aMeters(Meters meters, List<FileSystem> systems) {
    this.systems.addAll(systems);
    OPERATIONS.forEach(
        (operation, names) ->
            meters.counter(MeterCatalog.REQUESTS, () -> sum(names), CLIENT, operation));
    meters.counter(
        MeterCatalog.RETRIES,
        () -> sum(List.of(StoreStatisticNames.STORE_IO_THROTTLED)),
        CLIENT,
        "throttled");
    meters.counter(
        MeterCatalog.RETRIES,
        () -> sum(List.of(StoreStatisticNames.STORE_IO_RETRY)),
        CLIENT,
        "other");
  }

  private double sum(List<String> names) {
    long sum = 0;
    for (FileSystem system : systems) {
      IOStatistics statistics = IOStatisticsSupport.retrieveIOStatistics(system);
      if (statistics != null) {
        for (String name : names) {
          sum += statistics.counters().getOrDefault(name, 0L);
        }
      }
    }
    return sum;
  }
}
