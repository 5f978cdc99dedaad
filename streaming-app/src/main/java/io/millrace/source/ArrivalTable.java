package io.millrace.source;

import java.util.Set;
import java.util.function.Supplier;
import org.apache.spark.sql.connector.catalog.SupportsRead;
import org.apache.spark.sql.connector.catalog.TableCapability;
import org.apache.spark.sql.connector.read.Scan;
import org.apache.spark.sql.connector.read.ScanBuilder;
import org.apache.spark.sql.connector.read.streaming.MicroBatchStream;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;

/** Arrivals as a table that can be read as a stream only. Opens nothing before a query starts. */
final class ArrivalTable implements SupportsRead {
  private final Supplier<LiveStream> stream;

  ArrivalTable(Supplier<LiveStream> stream) {
    this.stream = stream;
  }

  @Override
  public String name() {
    return MillraceSource.SHORT_NAME;
  }

  @Override
  @SuppressWarnings("deprecation") // of the two ways to tell a schema, Spark 3.5 asks for this one
  public StructType schema() {
    return ArrivalRow.SCHEMA;
  }

  @Override
  public Set<TableCapability> capabilities() {
    return Set.of(TableCapability.MICRO_BATCH_READ);
  }

  @Override
  public ScanBuilder newScanBuilder(CaseInsensitiveStringMap options) {
    return () -> new ArrivalScan(stream);
  }

  private record ArrivalScan(Supplier<LiveStream> stream) implements Scan {
    @Override
    public StructType readSchema() {
      return ArrivalRow.SCHEMA;
    }

    @Override
    public String description() {
      return MillraceSource.SHORT_NAME;
    }

    @Override
    public MicroBatchStream toMicroBatchStream(String checkpointLocation) {
      return new ArrivalMicroBatchStream(stream.get());
    }
  }
}
