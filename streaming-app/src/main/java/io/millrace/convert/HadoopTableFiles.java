package io.millrace.convert;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.util.SerializableConfiguration;

/**
 * Files in a directory of a Hadoop file system, under their final names: for a table that lists its
 * files in a log, and nothing that it does not list.
 *
 * @param directory the table's
 * @param statisticsColumns the columns of the first level that files have statistics of; none where
 *     all do
 */
public record HadoopTableFiles(
    String directory, SerializableConfiguration configuration, List<String> statisticsColumns)
    implements TableFiles {

  public HadoopTableFiles {
    requireNonNull(directory, "directory");
    statisticsColumns = List.copyOf(statisticsColumns);
  }

  public HadoopTableFiles(
      String directory, Configuration configuration, List<String> statisticsColumns) {
    this(directory, new SerializableConfiguration(configuration), statisticsColumns);
  }

  @Override
  public TaskFiles begin() throws IOException {
    Path root = new Path(directory);
    return new HadoopTaskFiles(
        root.getFileSystem(configuration.value()), root, new FileStatistics(statisticsColumns));
  }
}
