package io.millrace.simulation;

import io.millrace.ledger.SimulatedLedger.Files;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** A store's files: each is created once, whoever tries. */
final class SimulatedFiles {
  private final Map<String, byte[]> files = new HashMap<>();

  /** As one who sees everything at once. */
  Files all() {
    return new Files() {
      @Override
      public boolean create(String name, byte[] content) {
        return files.putIfAbsent(name, content.clone()) == null;
      }

      @Override
      public Optional<byte[]> read(String name) {
        return Optional.ofNullable(files.get(name));
      }
    };
  }

  /** As a process sees them. */
  Files seenBy(Outside outside) {
    return new Files() {
      @Override
      public boolean create(String name, byte[] content) throws IOException {
        return outside.write("put " + name, () -> files.putIfAbsent(name, content.clone()) == null);
      }

      @Override
      public Optional<byte[]> read(String name) throws IOException {
        return outside.read("get " + name, () -> Optional.ofNullable(files.get(name)));
      }
    };
  }
}
