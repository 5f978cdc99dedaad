package io.millrace.convert;

import io.millrace.ledger.Arrival;
import io.millrace.ledger.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides whether objects that S3 denies, refuses or does not deliver are to blame themselves, or
 * whether something is out of order for which no object is to blame.
 *
 * <p>An object is never found guilty without proof that the application can read: another object of
 * its bucket for a verdict at once, of any bucket for one after {@link Patience}. So an outage
 * quarantines nothing, however long it lasts, and one denied object does not hold up the others for
 * ever: as soon as there is another, it is the proof.
 *
 * <p>One thread at a time.
 */
public final class TroubleJudge {
  /** Objects outside the batch that are asked for at most, per bucket. */
  static final int MAX_WITNESSES = 8;

  /** One try proves no more than so much time, however long ago the last one was. */
  static final Duration LONGEST_STEP = Duration.ofMinutes(5);

  private static final Logger LOG = LoggerFactory.getLogger(TroubleJudge.class);

  private final Predicate<Arrival> reads;
  private final Witnesses witnesses;
  private final Patience patience;
  private final InstantSource clock;
  private final Map<Long, Trial> trials = new HashMap<>();

  /** Found guilty at once, by bucket and ordinal: many small batches must not add up to many. */
  private final Map<String, Map<Long, Instant>> refused = new HashMap<>();

  /** How long an object has been tried in vain while others were read. */
  private record Trial(Instant last, Duration proven) {
    Trial seen(Instant now, boolean proof) {
      Duration step = Duration.between(last, now);
      if (!proof || step.isNegative()) {
        return new Trial(now, proven);
      }
      return new Trial(now, proven.plus(step.compareTo(LONGEST_STEP) < 0 ? step : LONGEST_STEP));
    }
  }

  TroubleJudge(
      Predicate<Arrival> reads, Witnesses witnesses, Patience patience, InstantSource clock) {
    this.reads = reads;
    this.witnesses = witnesses;
    this.patience = patience;
    this.clock = clock;
  }

  /** A judge who asks for witnesses himself. */
  public static TroubleJudge of(
      ObjectStoreSettings store, Witnesses witnesses, Patience patience, InstantSource clock) {
    return new TroubleJudge(arrival -> reads(store, arrival), witnesses, patience, clock);
  }

  /**
   * Goes through everything that was found wrong with a batch.
   *
   * @param batch all that was tried
   * @param troubles by ordinal; what of the batch has none was read
   * @throws EnvironmentException where an object's trouble is not known to be its own: the batch
   *     has to be tried again
   */
  void judge(List<Arrival> batch, Map<Long, ObjectTrouble> troubles) throws EnvironmentException {
    Map<String, List<ObjectTrouble>> suspects = new TreeMap<>();
    for (Arrival arrival : batch) {
      ObjectTrouble trouble = troubles.get(arrival.ordinal());
      if (trouble != null && trouble.isSuspicious()) {
        suspects
            .computeIfAbsent(arrival.object().bucket(), b -> new java.util.ArrayList<>())
            .add(trouble);
      }
    }
    if (suspects.isEmpty()) {
      return;
    }
    Set<String> readable = readableBuckets(batch, troubles);
    suspects.keySet().stream()
        .filter(bucket -> !readable.contains(bucket))
        .filter(bucket -> hasWitness(bucket, batch))
        .toList()
        .forEach(readable::add);
    Instant now = clock.instant();
    List<ObjectTrouble> unproven =
        suspects.entrySet().stream()
            .flatMap(bucket -> unproven(bucket.getKey(), bucket.getValue(), readable, now))
            .toList();
    if (!unproven.isEmpty()) {
      throw new EnvironmentException(message(unproven, suspects, readable), null);
    }
  }

  /** The batch is done: what was tried in vain meanwhile has no record. */
  void close() {
    trials.clear();
  }

  private java.util.stream.Stream<ObjectTrouble> unproven(
      String bucket, List<ObjectTrouble> suspects, Set<String> readable, Instant now) {
    Map<Long, Instant> atOnce = refused.computeIfAbsent(bucket, b -> new HashMap<>());
    atOnce.values().removeIf(at -> at.isBefore(now.minus(patience.proven())));
    Set<Long> all = new HashSet<>(atOnce.keySet());
    suspects.forEach(suspect -> all.add(suspect.ordinal()));
    boolean alone = readable.contains(bucket) && all.size() <= patience.maxDeniedAtOnce();
    return suspects.stream()
        .filter(
            suspect -> {
              Trial trial =
                  trials
                      .getOrDefault(suspect.ordinal(), new Trial(now, Duration.ZERO))
                      .seen(now, !readable.isEmpty());
              trials.put(suspect.ordinal(), trial);
              boolean refusedAlone = alone && suspect.reason() != QuarantineReason.UNREADABLE;
              if (refusedAlone) {
                atOnce.put(suspect.ordinal(), now);
              }
              boolean inVainForLong =
                  !readable.isEmpty() && trial.proven().compareTo(patience.proven()) >= 0;
              return !refusedAlone && !inVainForLong;
            });
  }

  /** An object that is gone proves less: S3 says so without being asked for its bytes. */
  private static Set<String> readableBuckets(
      List<Arrival> batch, Map<Long, ObjectTrouble> troubles) {
    Set<String> readable = new HashSet<>();
    for (Arrival arrival : batch) {
      ObjectTrouble trouble = troubles.get(arrival.ordinal());
      if (trouble == null || (!trouble.isSuspicious() && trouble.outcome() != Outcome.Kind.GONE)) {
        readable.add(arrival.object().bucket());
      }
    }
    return readable;
  }

  private boolean hasWitness(String bucket, List<Arrival> batch) {
    Set<Long> own = batch.stream().map(Arrival::ordinal).collect(Collectors.toSet());
    return witnesses.near(batch).stream()
        .filter(arrival -> arrival.object().bucket().equals(bucket))
        .filter(arrival -> !own.contains(arrival.ordinal()))
        .limit(MAX_WITNESSES)
        .anyMatch(reads);
  }

  private static boolean reads(ObjectStoreSettings store, Arrival arrival) {
    try {
      new PinnedObject(S3Clients.of(store), arrival).check();
      return true;
    } catch (ObjectTroubleException e) {
      LOG.debug("no witness: {}", e.trouble());
      return !e.trouble().isSuspicious() && e.trouble().outcome() != Outcome.Kind.GONE;
    } catch (EnvironmentException e) {
      LOG.debug("no witness", e);
      return false;
    }
  }

  private String message(
      List<ObjectTrouble> unproven,
      Map<String, List<ObjectTrouble>> suspects,
      Set<String> readable) {
    ObjectTrouble first = unproven.get(0);
    return ("%d objects of the batch in %s can't be read (arrival %d: %s), %s: this is taken for a"
            + " trouble of S3, the network, or the role's and the bucket's policies, and nothing is"
            + " quarantined for it%s")
        .formatted(
            unproven.size(),
            suspects.keySet(),
            first.ordinal(),
            first.detail(),
            readable.isEmpty() ? "and no other object could be read either" : "while others can",
            readable.isEmpty()
                ? ""
                : " before it has lasted for " + patience.proven().toMinutes() + " min");
  }
}
