package io.millrace.faults;

import java.lang.StackWalker.StackFrame;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Hears of each call that leaves the process, and lets those fail that it was told to.
 *
 * <p>A site is a fault point or, where the point publishes something for several callers, the point
 * and its caller.
 */
final class Injector {
  /** What passes a publishing call on: who wants it is further up. */
  private static final Pattern PLUMBING =
      Pattern.compile(
          "io\\.millrace\\.faults\\..*"
              + "|io\\.millrace\\.ledger\\.(WriteOnce|ConditionalPut|HardLinkPut|PatientStore"
              + "|HadoopLedgerStore)"
              + "|io\\.millrace\\.sink\\.(DeltaTableSink|DeltaCalls|ConditionalCreateLogStore|PhaseClock)"
              + "|io\\.millrace\\.convert\\.SparkJobs"
              + "|org\\.apache\\.spark\\.sql\\.execution\\.streaming"
              + "\\.(.*CheckpointFileManager.*|HDFSMetadataLog)");

  private static final Pattern CALLER =
      Pattern.compile("io\\.millrace\\..*|org\\.apache\\.spark\\.sql\\.execution\\.streaming\\..*");

  private final List<FaultPoint> points;
  private final Map<String, FaultPoint> sites = new ConcurrentHashMap<>();
  private final Set<String> returned = ConcurrentHashMap.newKeySet();
  private final List<Fault> armed = new CopyOnWriteArrayList<>();
  private final List<Fault> fired = new CopyOnWriteArrayList<>();
  private volatile @Nullable Fault halt;

  Injector(List<FaultPoint> points) {
    this.points = List.copyOf(points);
  }

  /** Every site that was reached since the start or {@link #forgetSites}, with its point. */
  Map<String, FaultPoint> sites() {
    return new TreeMap<>(sites);
  }

  /** Those of them at which a call has returned rather than failed. */
  Set<String> returned() {
    return Set.copyOf(returned);
  }

  void forgetSites() {
    sites.clear();
    returned.clear();
  }

  /** From now on these go wrong, each once; what was armed before does no more. */
  void arm(List<Fault> faults) {
    fired.clear();
    armed.clear();
    armed.addAll(faults);
  }

  /** Those of the armed faults that have come about. */
  List<Fault> fired() {
    return List.copyOf(fired);
  }

  boolean isHalted() {
    return halt != null;
  }

  /** Another process begins; only once all of the ended one's threads are gone. */
  void resume() {
    halt = null;
  }

  void before(int id) {
    failIfHalted();
    FaultPoint point = points.get(id);
    String site = site(point);
    sites.put(site, point);
    fire(site, point, FaultKind.THROW, FaultKind.HALT_BEFORE);
  }

  void after(int id) {
    failIfHalted();
    FaultPoint point = points.get(id);
    String site = site(point);
    returned.add(site);
    fire(site, point, FaultKind.REPLY_LOST, FaultKind.HALT);
  }

  private void fire(String site, FaultPoint point, FaultKind failing, FaultKind halting) {
    for (Fault fault : List.copyOf(armed)) {
      boolean here =
          fault.site().equals(site) && (fault.kind() == failing || fault.kind() == halting);
      if (here && armed.remove(fault)) {
        fired.add(fault);
        if (fault.kind() == halting) {
          halt = fault;
          failIfHalted();
        }
        throw Injector.<RuntimeException>unchecked(
            point.failure().create("a fault was placed here: " + fault));
      }
    }
  }

  private void failIfHalted() {
    Fault fault = halt;
    if (fault != null) {
      throw new Halted("the process ended at " + fault);
    }
  }

  private static String site(FaultPoint point) {
    if (!point.publishes()) {
      return point.name();
    }
    String caller =
        StackWalker.getInstance()
            .walk(frames -> frames.filter(Injector::isCaller).findFirst().map(Injector::name))
            .orElse("nobody");
    return point.name().startsWith(caller) ? point.name() : point.name() + " by " + caller;
  }

  private static boolean isCaller(StackFrame frame) {
    String name = frame.getClassName();
    return CALLER.matcher(name).matches() && !PLUMBING.matcher(name).matches();
  }

  private static String name(StackFrame frame) {
    return Names.method(frame.getClassName().replace('.', '/'), frame.getMethodName());
  }

  // The woven call declares it.
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  private static <E extends Exception> E unchecked(Exception exception) throws E {
    throw (E) exception;
  }
}
