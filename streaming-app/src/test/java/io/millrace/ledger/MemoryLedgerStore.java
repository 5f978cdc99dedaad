package io.millrace.ledger;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;

/** A ledger's files in memory, with faults where a test places them. */
final class MemoryLedgerStore implements LedgerStore {
  private final ConcurrentMap<String, byte[]> files = new ConcurrentHashMap<>();
  private final AtomicLong reads = new AtomicLong();
  private final AtomicLong writes = new AtomicLong();
  private volatile Faults faults = new Faults() {};

  /** What a test wants to go wrong; throwing makes the call fail. */
  interface Faults {
    default void beforePut(String name) throws IOException {}

    /** The file is there; throwing loses the reply. */
    default void afterPut(String name) throws IOException {}

    default void beforeRead(String name) throws IOException {}
  }

  void fail(Faults faults) {
    this.faults = faults;
  }

  void heal() {
    faults = new Faults() {};
  }

  /** What the test itself wants to see or to damage. */
  ConcurrentMap<String, byte[]> files() {
    return files;
  }

  long reads() {
    return reads.get();
  }

  long writes() {
    return writes.get();
  }

  @Override
  public boolean putIfAbsent(String name, byte[] content) throws IOException {
    writes.incrementAndGet();
    faults.beforePut(name);
    byte[] standing = files.putIfAbsent(name, content.clone());
    faults.afterPut(name);
    return standing == null || java.util.Arrays.equals(standing, content);
  }

  @Override
  public Optional<byte[]> read(String name) throws IOException {
    reads.incrementAndGet();
    faults.beforeRead(name);
    return Optional.ofNullable(files.get(name)).map(byte[]::clone);
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
