package io.millrace.sink;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.delta.OptimisticTransaction;
import org.apache.spark.sql.delta.Snapshot;
import org.apache.spark.sql.delta.VersionChecksum;
import org.apache.spark.sql.delta.actions.SetTransaction;
import scala.Option;
import scala.collection.JavaConverters;
import scala.collection.Seq;

/**
 * The versions of a Delta table's application transactions, in one of its snapshots.
 *
 * <p>Whoever commits by Delta leaves them in the version's checksum file ({@code .crc}), of which
 * Delta has protocol and schema, too. Only where a version has none, or one without them, are they
 * looked for in the whole log: Delta's own way to ask for them always does that, with a Spark job
 * over every file that the table has, at every commit.
 */
final class TransactionVersions {
  private static final long UNKNOWN = -1;

  private final Map<String, Long> versions;

  private TransactionVersions(Map<String, Long> versions) {
    this.versions = versions;
  }

  static TransactionVersions of(Snapshot snapshot) {
    Option<VersionChecksum> checksum = snapshot.checksumOpt();
    Option<Seq<SetTransaction>> known =
        checksum.isEmpty() ? Option.empty() : checksum.get().setTransactions();
    List<SetTransaction> transactions =
        DeltaScala.list(known.isEmpty() ? snapshot.setTransactions() : known.get());
    Map<String, Long> versions = new HashMap<>();
    transactions.forEach(each -> versions.put(each.appId(), each.version()));
    return new TransactionVersions(versions);
  }

  /** Of the snapshot that a transaction reads; a later commit to one of these is a conflict. */
  static TransactionVersions read(OptimisticTransaction transaction, List<String> appIds) {
    transaction.readTxn().$plus$plus$eq(JavaConverters.asScalaBuffer(appIds));
    return of(transaction.snapshot());
  }

  /** The version of an application; -1 where there is none. */
  long of(String appId) {
    return versions.getOrDefault(appId, UNKNOWN);
  }

  Set<String> appIds() {
    return versions.keySet();
  }
}
