package io.millrace.benchmarks.compare;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** Figures of one kind, one for each round. */
@SuppressWarnings("ArrayRecordComponent")
public record Series(double[] sorted) {

  public static <T> Series of(List<T> rounds, ToDoubleFunction<T> figure) {
    return new Series(rounds.stream().mapToDouble(figure).sorted().toArray());
  }

  /** Of each round, the first figure by the second. */
  public static <T> Series ratios(List<T> first, List<T> second, ToDoubleFunction<T> figure) {
    double[] ratios = new double[first.size()];
    Arrays.setAll(
        ratios, i -> figure.applyAsDouble(first.get(i)) / figure.applyAsDouble(second.get(i)));
    Arrays.sort(ratios);
    return new Series(ratios);
  }

  private double median() {
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  /** The median, and the lowest and the highest in brackets. */
  public String format(String number) {
    return String.format(
        Locale.ROOT,
        number + " (" + number + "–" + number + ")",
        median(),
        sorted[0],
        sorted[sorted.length - 1]);
  }
}
