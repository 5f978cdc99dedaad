package io.millrace.ledger;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.function.Supplier;
import org.apache.hadoop.fs.Path;

/** What the simulation needs of this package and is not public. */
public final class SimulatedLedger {
  private static final String ROOT = "/simulated/";

  private SimulatedLedger() {}

  /** A store as {@link WriteOnce} sees it: a create that is refused or fails, and a read. */
  public interface Files {
    /**
     * Creates a file, unless there is one.
     *
     * @return whether it was created
     * @throws IOException of unknown outcome
     */
    boolean create(String name, byte[] content) throws IOException;

    Optional<byte[]> read(String name) throws IOException;
  }

  /**
   * Writes by {@link WriteOnce}, as every store does.
   *
   * @param readsBack false where a refusal is taken for what it seems
   */
  public static LedgerStore store(Files files, boolean readsBack) {
    WriteOnce once =
        new WriteOnce(
            file -> readsBack ? files.read(name(file)) : Optional.of(new byte[0]),
            (file, content) -> files.create(name(file), content));
    return new LedgerStore() {
      @Override
      public boolean putIfAbsent(String name, byte[] content) throws IOException {
        return once.write(new Path(ROOT + name), content);
      }

      @Override
      public Optional<byte[]> read(String name) throws IOException {
        return files.read(name);
      }

      @Override
      public void probe() {}

      @Override
      public String location() {
        return "simulated";
      }

      @Override
      public void close() {}
    };
  }

  private static String name(Path file) {
    return file.toUri().getPath().substring(ROOT.length());
  }

  /** The surroundings of one process. */
  public record Host(
      InstantSource clock,
      Supplier<UUID> nonces,
      Runnable pause,
      int segmentsPerSnapshot,
      ExecutorService background,
      boolean fenced) {}

  /** Takes the stream over. */
  public static Ledger takeOver(LedgerStore store, LedgerSettings settings, Host host) {
    return Ledger.takeOver(
        store,
        "s",
        settings,
        new Surroundings(
            host.clock(),
            host.nonces(),
            millis -> host.pause().run(),
            1,
            new SnapshotPolicy(host.segmentsPerSnapshot(), Long.MAX_VALUE),
            host.background(),
            end -> {
              if (host.fenced()) {
                throw end;
              }
            }));
  }

  /** What a segment says. */
  public record SegmentContents(UUID owner, List<Arrival> arrivals) {}

  /** A segment, where there is one of that number. */
  public static Optional<SegmentContents> segment(Files files, long number) throws IOException {
    String name = LedgerNames.segment(number);
    return files
        .read(name)
        .map(file -> SegmentCodec.decode(name, file))
        .map(segment -> new SegmentContents(segment.owner().nonce(), segment.arrivals()));
  }

  /** A prepared record, where there is one of that name. */
  public static Optional<PreparedBatch> prepared(Files files, long firstOrdinal, int attempt)
      throws IOException {
    String name = LedgerNames.prepared(firstOrdinal, attempt);
    return files.read(name).map(file -> PreparedCodec.decode(name, file).batch());
  }

  /** An operator puts a request. */
  public static void request(Files files, long number, String kind, String parameters)
      throws IOException {
    byte[] nonce = (kind + number).getBytes(StandardCharsets.UTF_8);
    files.create(
        LedgerNames.request(number),
        Requests.encode(UUID.nameUUIDFromBytes(nonce), kind, parameters));
  }
}
