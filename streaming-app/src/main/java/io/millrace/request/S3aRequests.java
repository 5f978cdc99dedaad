package io.millrace.request;

import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.statistics.IOStatistics;
import org.apache.hadoop.fs.statistics.IOStatisticsSupport;
import org.apache.hadoop.fs.statistics.StoreStatisticNames;

/** What S3A's own statistics say of file systems; nothing of those that are not S3A's. */
public final class S3aRequests {
  /** The service's names, and the statistics that count them. */
  private static final Map<String, List<String>> STATISTICS =
      Map.of(
          "GetObject", List.of(StoreStatisticNames.ACTION_HTTP_GET_REQUEST),
          "HeadObject", List.of(StoreStatisticNames.ACTION_HTTP_HEAD_REQUEST),
          "PutObject", List.of(StoreStatisticNames.OBJECT_PUT_REQUEST),
          "UploadPart", List.of(StoreStatisticNames.MULTIPART_UPLOAD_PART_PUT),
          "CompleteMultipartUpload", List.of(StoreStatisticNames.MULTIPART_UPLOAD_COMPLETED),
          "DeleteObject", List.of(StoreStatisticNames.OBJECT_DELETE_REQUEST),
          "DeleteObjects", List.of(StoreStatisticNames.OBJECT_BULK_DELETE_REQUEST),
          "ListObjectsV2",
              List.of(
                  StoreStatisticNames.OBJECT_LIST_REQUEST,
                  StoreStatisticNames.OBJECT_CONTINUE_LIST_REQUEST));

  /** The service's names of what is counted. */
  public static final List<String> OPERATIONS = STATISTICS.keySet().stream().sorted().toList();

  private S3aRequests() {}

  /** The sums over file systems, each counted once. */
  static RequestCounts of(Collection<FileSystem> files) {
    Set<FileSystem> systems = Collections.newSetFromMap(new IdentityHashMap<>());
    systems.addAll(files);
    Map<String, Long> requests = new TreeMap<>();
    STATISTICS.forEach((operation, names) -> requests.put(operation, sum(systems, names)));
    return new RequestCounts(
        requests,
        Map.of(
            FailureCause.THROTTLED,
            sum(systems, List.of(StoreStatisticNames.STORE_IO_THROTTLED)),
            FailureCause.OTHER,
            sum(systems, List.of(StoreStatisticNames.STORE_IO_RETRY))),
        Map.of());
  }

  private static long sum(Set<FileSystem> systems, List<String> names) {
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
