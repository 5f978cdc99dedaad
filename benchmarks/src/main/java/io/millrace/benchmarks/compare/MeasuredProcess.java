package io.millrace.benchmarks.compare;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.benchmarks.data.Shape;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Starts {@link PeerProcess} and hears what it measured. */
public final class MeasuredProcess {
  private final Path root;
  private final Path workDirectory;
  private final int zstdLevel;

  /**
   * @param root where Millrace's modules lie
   */
  public MeasuredProcess(Path root, Path workDirectory, int zstdLevel) {
    this.root = root;
    this.workDirectory = workDirectory;
    this.zstdLevel = zstdLevel;
  }

  /**
   * Converts a file with a peer, some times in one process.
   *
   * @param outputs the results lie in its sub-directories 0, 1, …
   * @throws IOException also when the peer fails; its log is named
   */
  public List<Measurement> run(Peer peer, Shape shape, Path input, Path outputs, int times)
      throws IOException, InterruptedException {
    Path schema = Files.writeString(workDirectory.resolve(shape.label() + ".ddl"), shape.schema());
    Path log = workDirectory.resolve("%s-%s.log".formatted(peer.label(), shape.label()));
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add(peer.jvmOptions(root));
    command.add(peer.heap());
    command.addAll(List.of("-cp", peer.classPath(root)));
    command.add(PeerProcess.class.getName());
    command.addAll(List.of(peer.name(), input.toString(), schema.toString(), outputs.toString()));
    command.addAll(List.of(Integer.toString(zstdLevel), Integer.toString(times)));
    Process process = new ProcessBuilder(command).redirectError(Redirect.to(log.toFile())).start();
    List<Measurement> measurements = new ArrayList<>();
    try (BufferedReader lines = process.inputReader(UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        Measurement.parse(line).ifPresent(measurements::add);
      }
      if (process.waitFor() != 0 || measurements.size() != times) {
        throw new IOException("%s failed on %s; its log is %s".formatted(peer.label(), input, log));
      }
    } finally {
      process.destroyForcibly();
    }
    return measurements;
  }
}
