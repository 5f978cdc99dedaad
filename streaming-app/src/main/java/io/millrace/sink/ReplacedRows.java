package io.millrace.sink;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
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
import org.jspecify.annotations.Nullable;
import scala.Option;
import scala.collection.JavaConverters;
import scala.collection.Seq;

/**
 * Takes the rows of replaced ordinals out of a table, wherever OPTIMIZE may have put them.
 *
 * <p>A file that holds rows of one replaced ordinal only is removed unread; any other that may hold
 * some, by its statistics, is written again without them; and no other is touched. What is read is
 * registered with the transaction, so that a concurrent change of those files makes it begin again.
 */
final class ReplacedRows {
  private ReplacedRows() {}

  static List<Action> remove(OptimisticTransaction transaction, List<Long> ordinals)
      throws Exception {
    if (ordinals.isEmpty()) {
      return List.of();
    }
    OrdinalRanges wanted = new OrdinalRanges(ordinals);
    List<Action> actions = new ArrayList<>();
    List<AddFile> mixed = new ArrayList<>();
    for (AddFile file : candidates(transaction, wanted)) {
      Bounds bounds = Bounds.of(file);
      if (bounds != null && !wanted.meet(bounds.least(), bounds.greatest())) {
        continue;
      }
      actions.add(file.removeWithTimestamp(System.currentTimeMillis(), true));
      if (bounds == null || bounds.least() < bounds.greatest()) {
        mixed.add(file);
      }
    }
    if (!mixed.isEmpty()) {
      Column replaced = functions.col(TableSpec.ORDINAL).isin(ordinals.toArray());
      Dataset<Row> kept = rows(transaction, mixed).filter(functions.not(replaced));
      for (FileAction written : DeltaScala.list(transaction.writeFiles(kept))) {
        actions.add((Action) written);
      }
    }
    return actions;
  }

  /** Of an ordinal column's values in a file; there may be fewer values than lie between them. */
  private record Bounds(long least, long greatest) {
    static @Nullable Bounds of(AddFile file) {
      JsonNode statistics = DeltaScala.statistics(file.stats());
      JsonNode min = statistics.path("minValues").path(TableSpec.ORDINAL);
      JsonNode max = statistics.path("maxValues").path(TableSpec.ORDINAL);
      return min.isIntegralNumber() && max.isIntegralNumber()
          ? new Bounds(min.longValue(), max.longValue())
          : null;
    }
  }

  /** Files that may hold one of the ordinals, with their statistics, which filtering drops. */
  private static List<AddFile> candidates(OptimisticTransaction transaction, OrdinalRanges wanted)
      throws Exception {
    Column ordinal = functions.col(TableSpec.ORDINAL);
    Column within =
        wanted.ranges().stream()
            .map(range -> ordinal.between(range.first(), range.last()))
            .reduce(Column::or)
            .orElseThrow();
    Seq<Expression> filter =
        JavaConverters.asScalaBuffer(List.of(resolved(transaction, within))).toSeq();
    List<String> paths =
        DeltaScala.list(transaction.filterFiles(filter, false)).stream()
            .map(AddFile::path)
            .toList();
    if (paths.isEmpty()) {
      return List.of();
    }
    return DeltaScala.list(
        transaction
            .snapshot()
            .getSpecificFilesWithStats(JavaConverters.asScalaBuffer(paths).toSeq()));
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
