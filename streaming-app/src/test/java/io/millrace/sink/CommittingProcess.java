package io.millrace.sink;

import io.delta.storage.LogStore;
import io.millrace.testing.OtherJvm;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** A driver in a process of its own that does nothing but commit. */
final class CommittingProcess {
  private final Process process;
  private final java.nio.file.Path out;
  private final java.nio.file.Path err;

  private CommittingProcess(Process process, java.nio.file.Path out, java.nio.file.Path err) {
    this.process = process;
    this.out = out;
    this.err = err;
  }

  /**
   * Starts one that commits so often: each commit goes behind the last one there is, whoever's.
   *
   * @param folder for its output
   * @param log the directory of the table's log
   */
  static CommittingProcess start(
      java.nio.file.Path folder, String name, String log, int commits, Map<String, String> hadoop)
      throws IOException {
    java.nio.file.Path out = folder.resolve(name + ".out");
    java.nio.file.Path err = folder.resolve(name + ".err");
    List<String> main = new ArrayList<>();
    main.addAll(List.of(CommittingProcess.class.getName(), name, log, "" + commits));
    hadoop.forEach((key, value) -> main.add(key + "=" + value));
    Process process =
        new ProcessBuilder(OtherJvm.command(List.of("-Xmx256m"), main))
            .redirectOutput(Redirect.to(out.toFile()))
            .redirectError(Redirect.to(err.toFile()))
            .start();
    return new CommittingProcess(process, out, err);
  }

  /** What it says that it has committed, once it has ended. */
  List<String> committed() throws IOException, InterruptedException {
    if (process.waitFor() != 0) {
      throw new AssertionError(Files.readString(err));
    }
    return Files.readAllLines(out);
  }

  /**
   * Its main method.
   *
   * @param args name, log, number of commits, Hadoop settings
   */
  public static void main(String[] args) throws IOException {
    Configuration hadoop = new Configuration();
    Arrays.stream(args)
        .skip(3)
        .map(setting -> setting.split("=", 2))
        .forEach(setting -> hadoop.set(setting[0], setting[1]));
    LogStore store = new ConditionalCreateLogStore(hadoop);
    int commits = Integer.parseInt(args[2]);
    int version = 0;
    for (int done = 0; done < commits; version++) {
      String content = args[0] + done;
      try {
        store.write(
            new Path(args[1], "%020d.json".formatted(version)),
            List.of(content).iterator(),
            false,
            hadoop);
        System.out.println(content);
        done++;
      } catch (FileAlreadyExistsException e) {
        // The other's; ours goes behind it.
      }
    }
  }
}
