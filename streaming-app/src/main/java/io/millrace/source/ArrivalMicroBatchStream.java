package io.millrace.source;

import io.millrace.ledger.Arrival;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.spark.sql.connector.read.InputPartition;
import org.apache.spark.sql.connector.read.PartitionReaderFactory;
import org.apache.spark.sql.connector.read.streaming.MicroBatchStream;
import org.apache.spark.sql.connector.read.streaming.Offset;
import org.apache.spark.sql.connector.read.streaming.ReadAllAvailable;
import org.apache.spark.sql.connector.read.streaming.ReadLimit;
import org.apache.spark.sql.connector.read.streaming.ReportsSourceMetrics;
import org.apache.spark.sql.connector.read.streaming.SupportsAdmissionControl;
import org.apache.spark.sql.connector.read.streaming.SupportsTriggerAvailableNow;
import org.jspecify.annotations.Nullable;

/** One query's view of a {@link LiveStream}, as Spark asks for it. Called by one thread. */
final class ArrivalMicroBatchStream
    implements MicroBatchStream,
        SupportsAdmissionControl,
        SupportsTriggerAvailableNow,
        ReportsSourceMetrics {

  /** Arrivals of one partition at most: some 200 bytes each travel with a task. */
  static final int MAX_PARTITION_ROWS = 10_000;

  private final LiveStream live;

  ArrivalMicroBatchStream(LiveStream live) {
    this.live = live;
  }

  @Override
  public Offset initialOffset() {
    return offset(live.base(0));
  }

  @Override
  public Offset deserializeOffset(String json) {
    ArrivalOffset offset = ArrivalOffset.parse(json);
    if (!offset.stream().equals(live.name()) || !offset.ledger().equals(live.ledgerId())) {
      throw new SourceException(
          ("Spark's checkpoint is of stream %s with ledger %s, but this query reads stream %s with"
                  + " ledger %s. Give each stream a checkpoint of its own")
              .formatted(offset.stream(), offset.ledger(), live.name(), live.ledgerId()));
    }
    requireKnown(offset.ordinal());
    return offset;
  }

  @Override
  public ReadLimit getDefaultReadLimit() {
    return live.limits();
  }

  @Override
  public @Nullable Offset latestOffset(Offset start, ReadLimit limit) {
    OptionalLong end = live.admit(ordinal(start), limits(limit));
    return end.isPresent() ? offset(end.getAsLong()) : null;
  }

  @Override
  public Offset latestOffset() {
    throw new UnsupportedOperationException("Spark asks a source with admission control otherwise");
  }

  @Override
  public Offset reportLatestOffset() {
    return offset(live.head());
  }

  @Override
  public void prepareForTriggerAvailableNow() {
    try {
      live.freeze();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      // What Spark knows as the end of a query that was stopped.
      InterruptedIOException stopped = new InterruptedIOException("stopped while receiving");
      stopped.initCause(e);
      throw new UncheckedIOException(stopped);
    }
  }

  @Override
  public InputPartition[] planInputPartitions(Offset start, Offset end) {
    long to = ordinal(end);
    requireKnown(to);
    List<Arrival> arrivals = live.arrivals(ordinal(start), to);
    List<InputPartition> partitions = new ArrayList<>();
    for (int from = 0; from < arrivals.size(); from += MAX_PARTITION_ROWS) {
      int until = Math.min(arrivals.size(), from + MAX_PARTITION_ROWS);
      partitions.add(
          new ArrivalPartition(
              arrivals.subList(from, until).stream().map(ArrivalRow::of).toList()));
    }
    return partitions.toArray(InputPartition[]::new);
  }

  @Override
  public PartitionReaderFactory createReaderFactory() {
    return new ArrivalPartition.ReaderFactory();
  }

  @Override
  public Map<String, String> metrics(Optional<Offset> latestConsumedOffset) {
    return live.metrics(latestConsumedOffset.map(ArrivalMicroBatchStream::ordinal).orElse(0L));
  }

  /** Nothing: what is done, the table or Spark's checkpoint says. */
  @Override
  public void commit(Offset end) {}

  @Override
  public void stop() {
    live.close();
  }

  private void requireKnown(long ordinal) {
    long head = live.head();
    if (ordinal > head) {
      throw new SourceException(
          ("Spark's checkpoint ends at ordinal %d, but the ledger of stream %s ends at %d: the"
                  + " ledger is not the one that the checkpoint was written with, or was cut"
                  + " short. Restore the ledger, or start with a new checkpoint")
              .formatted(ordinal, live.name(), head));
    }
  }

  private static AdmissionLimits limits(ReadLimit limit) {
    if (limit instanceof AdmissionLimits limits) {
      return limits;
    }
    if (limit instanceof ReadAllAvailable) { // Trigger.Once asks for one batch whatever its size
      return AdmissionLimits.NONE;
    }
    throw new IllegalArgumentException("not a limit of this source: " + limit);
  }

  /** Spark hands back an offset of a finished batch in a form of its own, which has the JSON. */
  private static long ordinal(Offset offset) {
    return offset instanceof ArrivalOffset ours
        ? ours.ordinal()
        : ArrivalOffset.parse(offset.json()).ordinal();
  }

  private ArrivalOffset offset(long ordinal) {
    return new ArrivalOffset(live.name(), live.ledgerId(), ordinal);
  }
}
