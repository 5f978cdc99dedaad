package io.millrace.intake;

/** Bounds what was received and is not durable, in messages and bytes. For several threads. */
final class UndurableBudget {
  private final int maxMessages;
  private final long maxBytes;
  private int messages;
  private long bytes;

  UndurableBudget(int maxMessages, long maxBytes) {
    this.maxMessages = maxMessages;
    this.maxBytes = maxBytes;
  }

  /** Waits until so much fits in, and takes it. */
  synchronized void acquire(int moreMessages, long moreBytes) throws InterruptedException {
    while (messages + moreMessages > maxMessages || bytes + moreBytes > maxBytes) {
      wait();
    }
    messages += moreMessages;
    bytes += moreBytes;
  }

  synchronized void release(int fewerMessages, long fewerBytes) {
    messages -= fewerMessages;
    bytes -= fewerBytes;
    notifyAll();
  }
}
