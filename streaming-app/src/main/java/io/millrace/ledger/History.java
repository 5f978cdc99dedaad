package io.millrace.ledger;

import io.millrace.notification.Notification;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What has left the working set, in few sorted runs of files.
 *
 * <p>It is consulted for what may have left: for whatever has no sequencer, and for events that are
 * not later than all that left. Our own clock takes no part in that. Safe for several threads.
 */
final class History {
  /** Runs that are consulted at most. */
  static final int MAX_RUNS = 8;

  /** Decoded files that are kept, the most recently used: some 10 MiB. */
  static final int CACHED_PARTS = 16;

  /** By how much the event times that two notifications of one version tell may differ. */
  static final Duration EVENT_TIME_SLACK = Duration.ofHours(1);

  private final PatientStore store;
  private final ReadAhead reads;
  private final Map<String, IndexPart> cache =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, IndexPart> eldest) {
          return size() > CACHED_PARTS;
        }
      };

  private volatile List<HistoryRun> runs = List.of();

  History(PatientStore store, ReadAhead reads) {
    this.store = store;
    this.reads = reads;
  }

  List<HistoryRun> runs() {
    return runs;
  }

  void replace(List<HistoryRun> current) {
    runs = List.copyOf(current);
  }

  /** What the history knows of some keys. */
  static final class Recollection {
    private final List<HistoryRun> of;
    private final Map<Fingerprint, List<Memory>> memories = new HashMap<>();

    private record Memory(@Nullable Entry entry, Map<Fingerprint, Long> versions) {}

    Recollection(List<HistoryRun> of) {
      this.of = of;
    }

    private void add(Fingerprint key, IndexPart part) {
      Memory memory = new Memory(part.get(key), part.versionsBeside(key));
      if (memory.entry() != null || !memory.versions().isEmpty()) {
        memories.computeIfAbsent(key, k -> new ArrayList<>(1)).add(memory);
      }
    }

    /** Adds what is recalled of the key. */
    void addTo(Known known, Fingerprint key) {
      for (Memory memory : memories.getOrDefault(key, List.of())) {
        known.add(memory.entry(), version -> memory.versions().getOrDefault(version, 0L));
      }
    }
  }

  boolean isCurrent(Recollection recollection) {
    return recollection.of.equals(runs);
  }

  /** What is known of those objects that may have left. No read where none may. */
  Recollection recall(List<Notification> objects) {
    Recollection recollection = new Recollection(runs);
    for (HistoryRun run : recollection.of) {
      Set<Fingerprint> keys = new HashSet<>();
      for (Notification object : objects) {
        if (mayHold(run, object)) {
          keys.add(Fingerprint.ofKey(object));
        }
      }
      recall(run, keys, recollection);
    }
    return recollection;
  }

  /** What is known of a key, whenever it left. */
  Recollection recall(Fingerprint key) {
    Recollection recollection = new Recollection(runs);
    recollection.of.forEach(run -> recall(run, Set.of(key), recollection));
    return recollection;
  }

  /** One file of a run. */
  IndexPart part(HistoryRun run, int part) {
    String name = run.name(part);
    byte[] file =
        store
            .read(name)
            .orElseThrow(
                () ->
                    new LedgerException(
                        ("ledger %s has lost %s: files of a ledger must never be deleted; restore"
                                + " it")
                            .formatted(store.location(), name)));
    return IndexPart.decode(LedgerFile.Kind.HISTORY, name, file);
  }

  private static boolean mayHold(HistoryRun run, Notification object) {
    return object.origin() != Notification.Origin.EVENT
        || object.sequencer() == null
        || object.eventTime().toEpochMilli() - EVENT_TIME_SLACK.toMillis()
            <= run.newestEventMillis();
  }

  /** Each file is read once, several at a time. */
  private void recall(HistoryRun run, Set<Fingerprint> keys, Recollection recollection) {
    TreeMap<Integer, List<Fingerprint>> byPart = new TreeMap<>();
    for (Fingerprint key : keys) {
      byPart.computeIfAbsent(run.partOf(key), part -> new ArrayList<>()).add(key);
    }
    List<Integer> parts = List.copyOf(byPart.keySet());
    reads.inOrder(
        0,
        parts.size() - 1L,
        i -> Map.entry(parts.get((int) i), cached(run, parts.get((int) i))),
        read -> byPart.get(read.getKey()).forEach(key -> recollection.add(key, read.getValue())));
  }

  private IndexPart cached(HistoryRun run, int part) {
    String name = run.name(part);
    synchronized (cache) {
      IndexPart known = cache.get(name);
      if (known != null) {
        return known;
      }
    }
    IndexPart read = part(run, part);
    synchronized (cache) {
      cache.put(name, read);
    }
    return read;
  }
}
