package io.millrace.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.hdfs.MiniDFSCluster;

/** The one HDFS of a test JVM: a name node and a data node on loopback. */
public final class TestHdfs {
  /** Its clients would look only after 400 ms whether a file's last block has arrived. */
  public static final Map<String, String> CLIENT_SETTINGS =
      Map.of("dfs.client.block.write.locateFollowingBlock.initial.delay.ms", "5");

  private TestHdfs() {}

  /** A directory that does not exist yet, as {@code hdfs://host:port/name}. */
  public static String directory(String name) throws IOException {
    return "%s/%s-%d".formatted(Holder.CLUSTER.getURI(), name, Holder.next());
  }

  private static final class Holder {
    static final MiniDFSCluster CLUSTER = start();
    private static int directories;

    static synchronized int next() {
      return ++directories;
    }
  }

  private static MiniDFSCluster start() {
    try {
      Path folder = Files.createTempDirectory("hdfs");
      Configuration configuration = new Configuration();
      configuration.set(MiniDFSCluster.HDFS_MINIDFS_BASEDIR, folder.toString());
      return new MiniDFSCluster.Builder(configuration).numDataNodes(1).build();
    } catch (IOException e) {
      throw new IllegalStateException("HDFS does not start", e);
    }
  }
}
