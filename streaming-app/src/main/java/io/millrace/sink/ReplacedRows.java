package io.millrace.sink;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.plans.logical.Filter;
import org.apache.spark.sql.delta.OptimisticTransaction;
import org.apache.spark.sql.delta.actions.Action;
import org.apache.spark.sql.delta.actions.AddFile;
import org.apache.spark.sql.delta.actions.FileAction;
import org.apache.spark.sql.functions;
import scala.Option;
import scala.collection.JavaConverters;
import scala.collection.Seq;

/**
 * Takes the rows of replaced ordinals out of a table, wherever OPTIMIZE may have put them.
 *
 * <p>A file that holds rows of one replaced ordinal only is removed unread; any other that may hold
 * some is written again without them. What is read is registered with the transaction, so that a
 * concurrent change of those files makes it begin again.
 */
final class ReplacedRows {
  private ReplacedRows() {}

  static List<Action> remove(OptimisticTransaction transaction, List<Long> ordinals)
      throws Exception {
    if (ordinals.isEmpty()) {
      return List.of();
    }
    Column replaced = functions.col(TableSpec.ORDINAL).isin(ordinals.toArray());
    Expression condition = resolved(transaction, replaced);
    Seq<Expression> filter = JavaConverters.asScalaBuffer(List.of(condition)).toSeq();
    List<AddFile> candidates = DeltaScala.list(transaction.filterFiles(filter, false));

    Set<Long> wanted = new HashSet<>(ordinals);
    List<Action> actions = new ArrayList<>();
    List<AddFile> mixed = new ArrayList<>();
    for (AddFile file : candidates) {
      actions.add(file.removeWithTimestamp(System.currentTimeMillis(), true));
      if (!holdsOnly(file, wanted)) {
        mixed.add(file);
      }
    }
    if (!mixed.isEmpty()) {
      Dataset<Row> kept = rows(transaction, mixed).filter(functions.not(replaced));
      for (FileAction written : DeltaScala.list(transaction.writeFiles(kept))) {
        actions.add((Action) written);
      }
    }
    return actions;
  }

  private static boolean holdsOnly(AddFile file, Set<Long> ordinals) {
    JsonNode statistics = DeltaScala.statistics(file.stats());
    JsonNode min = statistics.path("minValues").path(TableSpec.ORDINAL);
    JsonNode max = statistics.path("maxValues").path(TableSpec.ORDINAL);
    return min.isIntegralNumber()
        && max.isIntegralNumber()
        && min.longValue() == max.longValue()
        && ordinals.contains(min.longValue());
  }

  private static Expression resolved(OptimisticTransaction transaction, Column column) {
    Dataset<Row> filtered = rows(transaction, List.of()).filter(column);
    return ((Filter) filtered.queryExecution().analyzed()).condition();
  }

  private static Dataset<Row> rows(OptimisticTransaction transaction, List<AddFile> files) {
    return transaction
        .deltaLog()
        .createDataFrame(
            transaction.snapshot(),
            JavaConverters.asScalaBuffer(files).toSeq(),
            false,
            Option.empty());
  }
}
