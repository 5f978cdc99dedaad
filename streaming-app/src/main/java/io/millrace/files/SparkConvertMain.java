package io.millrace.files;

import io.millrace.command.ConvertMain;
import java.util.Map;

/** The main class of {@code ./millrace convert} where Spark's engine is asked for. */
public final class SparkConvertMain {
  private SparkConvertMain() {}

  /** Converts, and exits with the status that {@code --help} tells. */
  public static void main(String[] args) {
    System.exit(ConvertMain.runUntilSignal(args, Map.of("spark", new SparkFileEngine())));
  }
}
