package io.millrace.parquet;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** A growing run of bytes, little-endian, that is used again after {@link #clear}. */
final class Bytes extends OutputStream {
  /** Writable bytes behind the end, so that sixteen can be stored at once anywhere. */
  static final int SLACK = 16;

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONGS_BIG_ENDIAN =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private static final int FIRST_CAPACITY = 1024;

  private byte[] array = new byte[FIRST_CAPACITY];
  private int size;

  static long getLong(byte[] bytes, int offset) {
    return (long) LONGS.get(bytes, offset);
  }

  static void setLong(byte[] bytes, int offset, long value) {
    LONGS.set(bytes, offset, value);
  }

  static void setInt(byte[] bytes, int offset, int value) {
    INTS.set(bytes, offset, value);
  }

  static long getLongBigEndian(byte[] bytes, int offset) {
    return (long) LONGS_BIG_ENDIAN.get(bytes, offset);
  }

  int size() {
    return size;
  }

  int capacity() {
    return array.length;
  }

  /** Forgets what was written, and the memory that it took. */
  void release() {
    array = new byte[FIRST_CAPACITY];
    size = 0;
  }

  /** What was written, and then anything; another array after {@link #ensure}. */
  byte[] array() {
    return array;
  }

  void clear() {
    size = 0;
  }

  /** Takes bytes as written that were set in the array behind the end, after {@link #ensure}. */
  void advanceTo(int newSize) {
    size = newSize;
  }

  /** Makes room for so many bytes more, and the slack; returns the array. */
  byte[] ensure(int more) {
    long needed = (long) size + more + SLACK;
    if (needed > array.length) {
      grow(needed);
    }
    return array;
  }

  private void grow(long needed) {
    long limit = Integer.MAX_VALUE - 8L;
    if (needed > limit) {
      throw new IllegalArgumentException(
          "a page of %d bytes is more than Parquet can hold; append smaller batches"
              .formatted(needed));
    }
    array = Arrays.copyOf(array, (int) Math.min(limit, Math.max(needed, 2L * array.length)));
  }

  @Override
  public void write(int value) {
    ensure(1)[size++] = (byte) value;
  }

  @Override
  public void write(byte[] source, int offset, int length) {
    System.arraycopy(source, offset, ensure(length), size, length);
    size += length;
  }

  void write(Bytes other) {
    write(other.array, 0, other.size);
  }

  /**
   * Copies a short value eight bytes at a time; reads and writes up to seven bytes too many.
   *
   * @param source readable for seven bytes behind the value
   */
  void writePadded(byte[] source, int offset, int length) {
    byte[] target = ensure(length);
    if (length > 64) {
      System.arraycopy(source, offset, target, size, length);
    } else {
      for (int i = 0; i < length; i += 8) {
        LONGS.set(target, size + i, (long) LONGS.get(source, offset + i));
      }
    }
    size += length;
  }

  void writeInt(int value) {
    INTS.set(ensure(4), size, value);
    size += 4;
  }

  /** Unsigned, seven bits a byte. */
  void writeVarInt(long value) {
    ensure(10);
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      array[size++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    array[size++] = (byte) rest;
  }

  void writeZigZag(long value) {
    writeVarInt((value << 1) ^ (value >> 63));
  }

  void writeTo(OutputStream out) throws IOException {
    out.write(array, 0, size);
  }
}
