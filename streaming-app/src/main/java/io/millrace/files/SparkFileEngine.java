package io.millrace.files;

import static org.apache.spark.sql.functions.base64;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.from_json;
import static org.apache.spark.sql.functions.hour;
import static org.apache.spark.sql.functions.length;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.to_date;
import static org.apache.spark.sql.functions.when;

import io.millrace.command.ConvertEngine;
import io.millrace.command.ConvertRequest;
import io.millrace.command.ConvertResult;
import io.millrace.conversion.ConversionProgress;
import io.millrace.conversion.LocalOutput;
import io.millrace.conversion.MalformedPolicy;
import io.millrace.conversion.Partitioning;
import io.millrace.convert.Schemas;
import io.millrace.parquet.Codec;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.DataFrameWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.LongAccumulator;

/** Converts with Spark's own JSON parser and Parquet writer. */
final class SparkFileEngine implements ConvertEngine {
  private static final String RECORD = FileLines.RESERVED_PREFIX + "record";
  private static final String CORRUPT = FileLines.RESERVED_PREFIX + "corrupt";

  /** Below the output while Spark writes there; it hides what begins with an underscore. */
  private static final String STAGING = "_unfinished";

  @Override
  public ConvertResult convert(ConvertRequest request, ConversionProgress progress)
      throws IOException {
    try (LocalOutput output = new LocalOutput(request.output(), request.overwrite());
        Staging staging = Staging.in(request.output());
        SparkSession spark = session(request)) {
      return new Run(spark, request, output, staging.directory(), progress).convert();
    }
  }

  private static SparkSession session(ConvertRequest request) {
    return SparkSession.builder()
        .master("local[%d]".formatted(request.threads()))
        .appName("millrace convert")
        .config("spark.ui.enabled", "false")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.sql.session.timeZone", request.options().reader().timeZone().getId())
        .config("spark.sql.parquet.outputTimestampType", "TIMESTAMP_MICROS")
        .config("spark.sql.parquet.datetimeRebaseModeInWrite", "CORRECTED")
        .config("spark.sql.legacy.timeParserPolicy", "CORRECTED")
        .getOrCreate();
  }

  /** Where Spark writes; closed after Spark, which may still write when it is interrupted. */
  private record Staging(Path directory) implements Closeable {
    /** The place, without what a process that was killed left there. */
    static Staging in(Path output) throws IOException {
      Staging staging = new Staging(output.resolve(STAGING));
      staging.close();
      return staging;
    }

    @Override
    public void close() throws IOException {
      LocalOutput.deleteTree(directory);
    }
  }

  /** One conversion. */
  private static final class Run {
    private final ConvertRequest request;
    private final LocalOutput output;
    private final ConversionProgress progress;
    private final Path staging;
    private final LongAccumulator lines;
    private final LongAccumulator bytes;
    private final SparkSession spark;
    private final Dataset<Row> records;

    Run(
        SparkSession spark,
        ConvertRequest request,
        LocalOutput output,
        Path staging,
        ConversionProgress progress)
        throws IOException {
      this.spark = spark;
      this.request = request;
      this.output = output;
      this.progress = progress;
      this.staging = staging;
      this.lines = spark.sparkContext().longAccumulator();
      this.bytes = spark.sparkContext().longAccumulator();
      StructType schema = Schemas.parse(request.schemaText()).add(CORRUPT, DataTypes.StringType);
      Map<String, String> options =
          Map.of(
              "mode",
              "PERMISSIVE",
              "columnNameOfCorruptRecord",
              CORRUPT,
              "timeZone",
              request.options().reader().timeZone().getId());
      this.records =
          FileLines.of(spark, request.inputs(), lines, bytes)
              .withColumn(RECORD, from_json(col(FileLines.TEXT), schema, options));
    }

    ConvertResult convert() throws IOException {
      Path good = staging.resolve("records");
      writeRecords(good);
      long read = lines.value();
      long readBytes = bytes.value();
      long converted = read == 0 ? 0 : spark.read().parquet(good.toString()).count();
      long malformed = read - converted;
      if (malformed > 0) {
        checkMalformed(malformed, read);
        Path bad = staging.resolve("malformed");
        writeMalformed(bad);
        adopt(bad, ".json", MalformedPolicy.QUARANTINE_DIRECTORY + "/", ".ndjson");
      }
      progress.add(converted, malformed, readBytes);
      List<Path> files = converted == 0 ? List.of() : adopt(good, ".parquet", "", ".parquet");
      long bytesOut = files.stream().mapToLong(file -> file.toFile().length()).sum();
      output.publish();
      return new ConvertResult(converted, malformed, readBytes, files.size(), bytesOut);
    }

    private void writeRecords(Path directory) {
      Dataset<Row> good = records.filter(isMalformed().unary_$bang()).select(RECORD + ".*");
      good = good.drop(CORRUPT);
      Partitioning partitioning = request.options().partitioning();
      if (partitioning != null) {
        Column time = good.col("`" + partitioning.column() + "`");
        good = good.withColumn("date", to_date(time)).withColumn("hour", hour(time));
      }
      DataFrameWriter<Row> writer = good.write();
      if (partitioning != null) {
        writer = writer.partitionBy("date", "hour");
      }
      Codec codec = request.options().parquet().codec();
      writer
          .option("compression", codec.algorithm().name().toLowerCase(Locale.ROOT))
          .option("parquet.compression.codec.zstd.level", codec.level())
          .parquet(directory.toString());
    }

    private void writeMalformed(Path directory) {
      records
          .filter(isMalformed())
          .select(
              col(FileLines.FILE).as("file"),
              col(FileLines.OFFSET).as("offset"),
              lit("malformed").as("reason"),
              length(col(FileLines.BYTES)).as("length"),
              col(FileLines.TEXT).as("text"),
              when(col(FileLines.TEXT).isNull(), base64(col(FileLines.BYTES))).as("base64"))
          .write()
          .json(directory.toString());
    }

    private void checkMalformed(long malformed, long read) throws IOException {
      double ratio = request.options().maxMalformedRatio();
      if (request.malformedPolicy() == MalformedPolicy.FAIL) {
        Row first = records.filter(isMalformed()).select(FileLines.FILE, FileLines.OFFSET).first();
        throw new IOException(
            "%s: the record at byte %d is malformed; correct it, or let malformed records be quarantined"
                .formatted(first.getString(0), first.getLong(1)));
      }
      if (malformed > ratio * read) {
        throw new IOException(
            "%d of %d records are malformed, a greater share than %s, the limit maxMalformedRatio; check whether the schema is these files'"
                .formatted(malformed, read, ratio));
      }
    }

    /** Hands Spark's files to the output; returns where they are now. */
    private List<Path> adopt(Path directory, String suffix, String prefix, String newSuffix)
        throws IOException {
      List<Path> files;
      try (Stream<Path> all = Files.walk(directory)) {
        files =
            all.filter(file -> file.getFileName().toString().endsWith(suffix)).sorted().toList();
      }
      List<Path> adopted = new ArrayList<>();
      int number = 0;
      for (Path file : files) {
        Path parent = directory.relativize(file).getParent();
        String name = "part-%05d%s".formatted(number++, newSuffix);
        String path = prefix + (parent == null ? name : parent + "/" + name);
        adopted.add(output.adopt(file, path));
      }
      return adopted;
    }

    /** No line is blank, so that a record without a struct is one that is none. */
    private static Column isMalformed() {
      return col(RECORD).isNull().or(col(RECORD + "." + CORRUPT).isNotNull());
    }
  }
}
