package io.millrace.sink;

import io.millrace.ledger.LedgerStore;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A ledger's files in memory; they survive the process that wrote them. */
final class MemoryFiles implements LedgerStore {
  private final Map<String, byte[]> files = new TreeMap<>();
  private final Crashes crashes;

  MemoryFiles(Crashes crashes) {
    this.crashes = crashes;
  }

  @Override
  public boolean putIfAbsent(String name, byte[] content) throws IOException {
    return crashes.call(
        "put " + name,
        () -> {
          byte[] standing = files.putIfAbsent(name, content.clone());
          return standing == null || Arrays.equals(standing, content);
        });
  }

  @Override
  public Optional<byte[]> read(String name) throws IOException {
    return crashes.call("read " + name, () -> Optional.ofNullable(files.get(name)));
  }

  @Override
  public void probe() {}

  @Override
  public String location() {
    return "memory";
  }

  @Override
  public void close() {}
}
