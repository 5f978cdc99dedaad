package io.millrace.convert;

import static org.apache.spark.sql.functions.input_file_name;
import static org.apache.spark.sql.functions.substring_index;

import io.millrace.ledger.OutputFile;
import io.millrace.output.DataFiles;
import io.millrace.output.DirectoryFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/** A directory of Parquet files, of which those count that an engine says it wrote. */
final class TestTable implements FileTable {
  private final SparkSession spark;
  private final Path folder;
  private final StructType schema;
  private final List<String> partitionColumns;
  private final AtomicInteger jobs = new AtomicInteger();

  TestTable(SparkSession spark, Path folder, StructType schema, List<String> partitionColumns) {
    this.spark = spark;
    this.folder = folder;
    this.schema = schema;
    this.partitionColumns = partitionColumns;
  }

  @Override
  public List<OutputFile> write(Dataset<Row> rows) throws IOException {
    jobs.incrementAndGet();
    Set<String> before = names();
    rows.write()
        .mode("append")
        .partitionBy(partitionColumns.toArray(String[]::new))
        .parquet(folder.toString());
    Set<String> added = names();
    added.removeAll(before);
    List<OutputFile> files = new ArrayList<>();
    Map<String, Long> counts = counts(added);
    for (String name : added) {
      Path file = folder.resolve(name);
      files.add(
          new OutputFile(
              name,
              Files.size(file),
              counts.getOrDefault(name, 0L),
              TaskFiles.partition(name),
              null,
              0));
    }
    return files;
  }

  /** The rows of files, by their names. */
  private Map<String, Long> counts(Set<String> names) {
    Map<String, Long> counts = new TreeMap<>();
    if (!names.isEmpty()) {
      spark
          .read()
          .parquet(names.stream().map(n -> folder.resolve(n).toString()).toArray(String[]::new))
          .groupBy(substring_index(input_file_name(), "/", -1 - partitionColumns.size()))
          .count()
          .collectAsList()
          .forEach(row -> counts.put(row.getString(0), row.getLong(1)));
    }
    return counts;
  }

  @Override
  public DataFiles dataFiles() {
    return new DirectoryFiles(folder.toString(), spark.sparkContext().hadoopConfiguration());
  }

  @Override
  public void discard(List<OutputFile> files) {
    for (OutputFile file : files) {
      try {
        Files.delete(folder.resolve(file.path()));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** The rows of some of its files. */
  Dataset<Row> rows(List<OutputFile> files) {
    return spark
        .read()
        .schema(schema)
        .option("basePath", folder.toString())
        .parquet(
            files.stream().map(f -> folder.resolve(f.path()).toString()).toArray(String[]::new));
  }

  /** How many times Spark wrote. */
  int jobs() {
    return jobs.get();
  }

  /** Every file that is there, whoever wants it. */
  Set<String> names() {
    if (!Files.exists(folder)) {
      return new TreeSet<>();
    }
    try (Stream<Path> files = Files.walk(folder)) {
      Set<String> names = new TreeSet<>();
      files
          .filter(file -> file.getFileName().toString().endsWith(".parquet"))
          .forEach(file -> names.add(folder.relativize(file).toString()));
      return names;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
