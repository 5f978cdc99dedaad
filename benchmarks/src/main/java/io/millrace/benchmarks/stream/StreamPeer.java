package io.millrace.benchmarks.stream;

import io.millrace.app.Main;
import java.util.List;

/** Who takes the objects into a table. Both append a line to a file for each batch. */
enum StreamPeer {
  MILLRACE("Millrace", Main.class.getName()) {
    @Override
    List<String> arguments(StreamPlaces places) {
      return List.of(
          "run",
          "--config",
          places.configuration().toString(),
          "--progress",
          places.progress().toString(),
          "--exit-with-parent");
    }
  },
  SPARK("stock Spark", StockStream.class.getName()) {
    @Override
    List<String> arguments(StreamPlaces places) {
      return List.of(places.configuration().toString(), places.progress().toString());
    }
  };

  private final String label;
  private final String mainClass;

  StreamPeer(String label, String mainClass) {
    this.label = label;
    this.mainClass = mainClass;
  }

  String label() {
    return label;
  }

  String mainClass() {
    return mainClass;
  }

  /** Whether it finds objects by listing, without a queue. */
  boolean lists() {
    return this == SPARK;
  }

  /** Of its main class. */
  abstract List<String> arguments(StreamPlaces places);
}
