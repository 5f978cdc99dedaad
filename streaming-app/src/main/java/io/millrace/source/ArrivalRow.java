package io.millrace.source;

import io.millrace.ledger.Arrival;
import io.millrace.notification.Notification;
import java.io.Serializable;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;

/** An arrival as it travels to an executor; its fields are the columns of {@link #SCHEMA}. */
record ArrivalRow(
    long ordinal,
    String bucket,
    String key,
    @Nullable String versionId,
    @Nullable String etag,
    @Nullable String sequencer,
    long size,
    long eventTimeMicros,
    long recordedAtMicros,
    String origin,
    boolean bornSuperseded)
    implements Serializable {

  /** The columns, documented in docs/reference/source.md. Their names never change. */
  static final StructType SCHEMA =
      new StructType()
          .add("ordinal", DataTypes.LongType, false)
          .add("bucket", DataTypes.StringType, false)
          .add("key", DataTypes.StringType, false)
          .add("versionId", DataTypes.StringType, true)
          .add("etag", DataTypes.StringType, true)
          .add("sequencer", DataTypes.StringType, true)
          .add("size", DataTypes.LongType, false)
          .add("eventTime", DataTypes.TimestampType, false)
          .add("recordedAt", DataTypes.TimestampType, false)
          .add("origin", DataTypes.StringType, false)
          .add("bornSuperseded", DataTypes.BooleanType, false);

  static ArrivalRow of(Arrival arrival) {
    Notification object = arrival.object();
    return new ArrivalRow(
        arrival.ordinal(),
        object.bucket(),
        object.key(),
        object.versionId(),
        object.etag(),
        object.sequencer(),
        object.sizeBytes(),
        object.eventTimeMicros(),
        Notification.micros(arrival.recordedAt()),
        object.origin().name(),
        arrival.bornSuperseded());
  }

  InternalRow internal() {
    return new GenericInternalRow(
        new @Nullable Object[] {
          ordinal,
          UTF8String.fromString(bucket),
          UTF8String.fromString(key),
          UTF8String.fromString(versionId),
          UTF8String.fromString(etag),
          UTF8String.fromString(sequencer),
          size,
          eventTimeMicros,
          recordedAtMicros,
          UTF8String.fromString(origin),
          bornSuperseded
        });
  }
}
