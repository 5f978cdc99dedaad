package io.millrace.sink;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.millrace.ledger.OutputFile;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.delta.actions.Action;
import org.apache.spark.sql.delta.actions.AddFile;
import org.apache.spark.sql.delta.actions.SetTransaction;
import org.jspecify.annotations.Nullable;
import scala.Option;
import scala.collection.JavaConverters;
import scala.collection.Seq;

/** Delta's actions, which are Scala's, in Java and back: the one place of such conversions. */
final class DeltaScala {
  private static final JsonMapper JSON = new JsonMapper();

  private DeltaScala() {}

  static Seq<Action> seq(List<? extends Action> actions) {
    return JavaConverters.asScalaBuffer(new ArrayList<Action>(actions)).toSeq();
  }

  static <T> List<T> list(Seq<T> seq) {
    return JavaConverters.seqAsJavaList(seq);
  }

  static OutputFile outputFile(AddFile file) {
    Map<String, @Nullable String> partition =
        new LinkedHashMap<>(JavaConverters.mapAsJavaMap(file.partitionValues()));
    return new OutputFile(
        file.path(),
        file.size(),
        statistics(file.stats()).path("numRecords").asLong(),
        partition,
        file.stats(),
        file.modificationTime());
  }

  static AddFile addFile(OutputFile file) {
    return new AddFile(
        file.path(),
        JavaConverters.mapAsScalaMap(file.partitionValues()).toMap(scala.Predef.$conforms()),
        file.sizeBytes(),
        file.modificationTimeMillis(),
        true,
        file.stats(),
        null,
        null,
        Option.empty(),
        Option.empty(),
        Option.empty());
  }

  static SetTransaction transaction(String appId, long version, long nowMillis) {
    return new SetTransaction(appId, version, Option.apply(nowMillis));
  }

  /** Per-file statistics; an empty object where the file has none. */
  static JsonNode statistics(@Nullable String stats) {
    if (stats == null) {
      return JSON.createObjectNode();
    }
    try {
      return JSON.readTree(stats);
    } catch (JsonProcessingException e) {
      throw new SinkException("a file's statistics in Delta's log are not JSON", e);
    }
  }
}
