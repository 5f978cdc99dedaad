package io.millrace.ndjson;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Several bytes of an array at once, the first in the lowest bits. */
final class Words {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private Words() {}

  /** The eight bytes from {@code index} on. */
  static long eight(byte[] bytes, int index) {
    return (long) LONGS.get(bytes, index);
  }

  /** The four bytes from {@code index} on. */
  static int four(byte[] bytes, int index) {
    return (int) INTS.get(bytes, index);
  }
}
