package io.millrace.convert;

import static java.util.Objects.requireNonNull;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.hour;
import static org.apache.spark.sql.functions.to_date;

import io.millrace.schema.SchemaParser;
import io.millrace.schema.SchemaSyntaxException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.plans.logical.LocalRelation;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Project;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * What the main table's rows look like: the record's columns, {@code _ordinal}, the metadata that
 * is asked for, and last the date and the hour that partition it.
 */
public final class RowLayout {
  /** The column that says which arrival a row comes from. */
  public static final String ORDINAL = "_ordinal";

  private final StructType recordSchema;
  private final List<String> projection;
  private final List<String> columns;
  private final @Nullable String timestampColumn;
  private final String dateColumn;
  private final String hourColumn;
  private final List<MetadataColumn> metadata;
  private final StructType tableSchema;

  private RowLayout(
      StructType recordSchema,
      List<String> projection,
      StructType projected,
      @Nullable String timestampColumn,
      String dateColumn,
      String hourColumn,
      List<MetadataColumn> metadata) {
    this.recordSchema = recordSchema;
    this.projection = List.copyOf(projection);
    this.columns = List.of(projected.fieldNames());
    this.timestampColumn = timestampColumn;
    this.dateColumn = dateColumn;
    this.hourColumn = hourColumn;
    this.metadata = List.copyOf(metadata);
    StructType schema = projected.asNullable().add(ORDINAL, DataTypes.LongType);
    for (MetadataColumn column : metadata) {
      schema = schema.add(column.column(), column.type());
    }
    this.tableSchema =
        schema.add(dateColumn, DataTypes.DateType).add(hourColumn, DataTypes.IntegerType);
  }

  /**
   * Lays rows out.
   *
   * @param spark makes sense of the projection; may be null where there is none
   * @param recordSchema what is parsed; see {@link Schemas#parse}
   * @param projection SQL expressions over its fields that make the columns; none takes the fields
   * @param timestampColumn the column whose date and hour partition the table; null takes the
   *     object's event time
   * @throws IllegalArgumentException where a column is there twice, the timestamp column is none,
   *     or the projection does not make one row of one record
   */
  public static RowLayout of(
      @Nullable SparkSession spark,
      StructType recordSchema,
      List<String> projection,
      @Nullable String timestampColumn,
      String dateColumn,
      String hourColumn,
      List<MetadataColumn> metadata) {
    refuseTwins(Stream.of(recordSchema.fieldNames()), "the schema");
    StructType projected =
        projection.isEmpty()
            ? recordSchema
            : projected(requireNonNull(spark, "spark"), recordSchema, projection);
    RowLayout layout =
        new RowLayout(
            recordSchema, projection, projected, timestampColumn, dateColumn, hourColumn, metadata);
    refuseTwins(Stream.of(layout.tableSchema.fieldNames()), "the table");
    layout.refuseWhatIsNoTimestamp();
    return layout;
  }

  /** Every column of the main table, partition columns last. */
  public StructType tableSchema() {
    return tableSchema;
  }

  /** The columns that partition it. */
  public List<String> partitionColumns() {
    return List.of(dateColumn, hourColumn);
  }

  /**
   * Makes sure that the direct engine can make such rows.
   *
   * @throws IllegalArgumentException where it can't, with the remedy
   */
  public void requireDirect() {
    if (!projection.isEmpty()) {
      throw new IllegalArgumentException(
          "conversion.projection is SQL, which needs engine: spark; set that, or take the projection"
              + " out");
    }
    try {
      SchemaParser.parse(recordSchema.json());
    } catch (SchemaSyntaxException e) {
      throw new IllegalArgumentException(
          "the schema needs engine: spark: %s".formatted(e.getMessage()), e);
    }
  }

  /**
   * What is in a row besides the record, and where the row belongs; goes to the executors.
   *
   * @param timestampColumn partitions; null is the object's event time
   */
  record Origin(
      @Nullable String timestampColumn,
      String dateColumn,
      String hourColumn,
      List<MetadataColumn> metadata)
      implements Serializable {}

  Origin origin() {
    return new Origin(timestampColumn, dateColumn, hourColumn, metadata);
  }

  /** What is parsed of a record. */
  StructType recordSchema() {
    return recordSchema;
  }

  /**
   * Rows of the main table.
   *
   * @param records the columns of {@link Lines} and the parsed record's fields
   * @param nullTimestamps counts rows without a timestamp, where there is a column of it
   */
  Dataset<Row> rows(Dataset<Row> records, OrdinalCounter nullTimestamps) {
    Dataset<Row> projected = records.select(withLineColumns());
    if (timestampColumn == null) {
      return projected.select(tableColumns(col(Lines.EVENT_TIME)));
    }
    Column timestamp = quoted(timestampColumn);
    return projected
        .filter(Tally.passing(nullTimestamps).apply(col(Lines.ORDINAL), timestamp.isNull()))
        .select(tableColumns(coalesce(timestamp, col(Lines.EVENT_TIME))));
  }

  private Column[] withLineColumns() {
    Stream<Column> lineColumns = Stream.of(Lines.SCHEMA.fieldNames()).map(functions::col);
    Stream<Column> own =
        projection.isEmpty()
            ? columns.stream().map(RowLayout::quoted)
            : projection.stream().map(functions::expr);
    return Stream.concat(lineColumns, own).toArray(Column[]::new);
  }

  private Column[] tableColumns(Column instant) {
    List<Column> all = new ArrayList<>(columns.stream().map(RowLayout::quoted).toList());
    all.add(col(Lines.ORDINAL).as(ORDINAL));
    metadata.forEach(column -> all.add(col(column.source()).as(column.column())));
    all.add(to_date(instant).as(dateColumn));
    all.add(hour(instant).as(hourColumn));
    return all.toArray(Column[]::new);
  }

  private void refuseWhatIsNoTimestamp() {
    if (timestampColumn == null) {
      return;
    }
    if (!columns.contains(timestampColumn)) {
      throw new IllegalArgumentException(
          "there is no column %s to partition by; there are %s"
              .formatted(timestampColumn, columns));
    }
    DataType type = tableSchema.apply(timestampColumn).dataType();
    if (!type.equals(DataTypes.TimestampType)) {
      throw new IllegalArgumentException(
          "the column %s that is to partition is %s, not TIMESTAMP"
              .formatted(timestampColumn, type.sql()));
    }
  }

  /** What the projection makes of a record. */
  private static StructType projected(
      SparkSession spark, StructType recordSchema, List<String> projection) {
    Dataset<Row> none = spark.createDataFrame(List.of(), recordSchema);
    Dataset<Row> projected;
    try {
      projected = none.selectExpr(projection.toArray(String[]::new));
    } catch (Exception e) { // AnalysisException, which Scala does not declare
      String reason =
          e instanceof AnalysisException analysis ? analysis.getSimpleMessage() : e.getMessage();
      throw new IllegalArgumentException(
          "the projection %s does not fit the schema: %s".formatted(projection, reason), e);
    }
    LogicalPlan plan = projected.queryExecution().analyzed();
    boolean oneRowOfOne =
        plan instanceof Project project
            && project.child() instanceof LocalRelation
            && plan.subqueriesAll().isEmpty();
    if (!oneRowOfOne) {
      throw new IllegalArgumentException(
          "the projection %s does not make one row of one record: leave out generators such as"
                  .formatted(projection)
              + " explode, aggregates, windows and subqueries");
    }
    return projected.schema();
  }

  private static void refuseTwins(Stream<String> names, String owner) {
    Set<String> seen = new TreeSet<>();
    names.forEach(
        name -> {
          String folded = name.toLowerCase(Locale.ROOT);
          if (!seen.add(folded)) {
            throw new IllegalArgumentException(
                "%s has the column %s twice (case does not count)".formatted(owner, name));
          }
          if (folded.startsWith(Lines.RESERVED_PREFIX)) {
            throw new IllegalArgumentException(
                "%s has the column %s, but names that begin with %s are reserved"
                    .formatted(owner, name, Lines.RESERVED_PREFIX));
          }
        });
  }

  private static Column quoted(String name) {
    return col("`" + name.replace("`", "``") + "`");
  }
}
