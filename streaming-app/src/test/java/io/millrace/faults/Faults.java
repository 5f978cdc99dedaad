package io.millrace.faults;

import org.jspecify.annotations.Nullable;

/** What woven classes call; public since they are in every package. */
public final class Faults {
  private static volatile @Nullable Injector injector;

  private Faults() {}

  /** From now on the injector hears of all calls; null for nobody. */
  static void reportTo(@Nullable Injector target) {
    injector = target;
  }

  /** A call that leaves the process is about to be made. */
  public static void before(int point) {
    Injector target = injector;
    if (target != null) {
      target.before(point);
    }
  }

  /** It has returned. */
  public static void after(int point) {
    Injector target = injector;
    if (target != null) {
      target.after(point);
    }
  }
}
