package io.millrace.ledger;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.ObjLongConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A store that knows how many bytes its files have, by kind.
 *
 * <p>What is there already is listed once, in the background; what is written from the beginning on
 * is counted as it is written. So knowing costs no request afterwards.
 */
public final class SizedLedgerStore implements LedgerStore {
  private static final Logger LOG = LoggerFactory.getLogger(SizedLedgerStore.class);

  private final LedgerStore store;
  private final Listing listing;
  private final Thread thread = new Thread(this::list, "ledger-sizes");
  private final Map<LedgerFile.Kind, LongAdder> bytes = new EnumMap<>(LedgerFile.Kind.class);

  /** Names that the listing must leave out, for they are counted. */
  private final Set<String> writtenMeanwhile = ConcurrentHashMap.newKeySet();

  private volatile boolean listed;

  /** Tells all files of a ledger. */
  @FunctionalInterface
  public interface Listing {

    /**
     * Tells the name and the size in bytes of each.
     *
     * @throws IOException when it can't tell them all
     */
    void forEach(ObjLongConsumer<String> file) throws IOException;
  }

  /**
   * Does nothing before {@link #beginListing}.
   *
   * @param store closed with this
   * @param listing of the files that {@code store} has
   */
  public SizedLedgerStore(LedgerStore store, Listing listing) {
    this.store = store;
    this.listing = listing;
    for (LedgerFile.Kind kind : LedgerFile.Kind.values()) {
      bytes.put(kind, new LongAdder());
    }
    thread.setDaemon(true);
  }

  /** What kinds of files there are, as the format's reference names them. */
  public static List<String> kinds() {
    return Arrays.stream(LedgerFile.Kind.values()).map(SizedLedgerStore::label).toList();
  }

  /** Begins to look what is there. Once. */
  public void beginListing() {
    thread.start();
  }

  /** The bytes of all files of a kind; NaN before it is known what was there at the beginning. */
  public double bytes(String kind) {
    return listed ? bytes.get(kindOf(kind)).sum() : Double.NaN;
  }

  @Override
  public boolean putIfAbsent(String name, byte[] content) throws IOException {
    if (!listed) {
      writtenMeanwhile.add(name);
    }
    boolean written = store.putIfAbsent(name, content);
    if (written) {
      add(name, content.length);
    }
    return written;
  }

  @Override
  public Optional<byte[]> read(String name) throws IOException {
    return store.read(name);
  }

  @Override
  public void probe() throws IOException {
    store.probe();
  }

  @Override
  public String location() {
    return store.location();
  }

  @Override
  public void close() {
    thread.interrupt();
    try {
      store.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void list() {
    try {
      listing.forEach(
          (name, size) -> {
            if (!writtenMeanwhile.contains(name)) {
              add(name, size);
            }
          });
      listed = true;
      writtenMeanwhile.clear();
    } catch (IOException | RuntimeException e) {
      if (!Thread.currentThread().isInterrupted()) {
        LOG.warn("the ledger's size stays unknown: {} can't be listed", location(), e);
      }
    }
  }

  private void add(String name, long size) {
    LedgerNames.kind(name).ifPresent(kind -> bytes.get(kind).add(size));
  }

  private static LedgerFile.Kind kindOf(String label) {
    return LedgerFile.Kind.valueOf(label.toUpperCase(Locale.ROOT).replace('-', '_'));
  }

  private static String label(LedgerFile.Kind kind) {
    return kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
