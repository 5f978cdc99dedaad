package io.millrace.demo;

import io.millrace.app.config.ByteSize;
import java.nio.file.Path;

/**
 * What the demo is asked for.
 *
 * @param objects how many are in the bucket in the end, 1 to {@value #MAX_OBJECTS}
 * @param objectSize what each has at least, 1 KiB to 256 MiB
 * @param seed makes the same objects again
 * @param directory where everything goes; empty or not there yet
 * @param kills how often the application is killed and started again, 0 to {@value #MAX_KILLS}
 * @param keepRunning whether servers and application stay up afterwards
 */
record DemoOptions(
    int objects, ByteSize objectSize, long seed, Path directory, int kills, boolean keepRunning) {
  static final int MAX_OBJECTS = 100_000;
  static final int MAX_KILLS = 100_000;
  static final ByteSize MIN_OBJECT_SIZE = ByteSize.parse("1KiB");

  /** An object is made in memory. */
  static final ByteSize MAX_OBJECT_SIZE = ByteSize.parse("256MiB");

  DemoOptions {
    if (objects < 1 || objects > MAX_OBJECTS) {
      throw new IllegalArgumentException(
          "--objects must be 1 to %d, not %d".formatted(MAX_OBJECTS, objects));
    }
    if (kills < 0 || kills > MAX_KILLS) {
      throw new IllegalArgumentException(
          "--chaos must be 0 to %d, not %d".formatted(MAX_KILLS, kills));
    }
    if (objectSize.bytes() < MIN_OBJECT_SIZE.bytes()
        || objectSize.bytes() > MAX_OBJECT_SIZE.bytes()) {
      throw new IllegalArgumentException(
          "--object-size must be %s to %s, not %s"
              .formatted(MIN_OBJECT_SIZE, MAX_OBJECT_SIZE, objectSize));
    }
  }
}
