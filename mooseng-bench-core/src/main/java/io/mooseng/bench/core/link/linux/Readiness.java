package io.mooseng.bench.core.link.linux;

import java.nio.ByteBuffer;

/**
 * Waits until a descriptor can be read, a time has come, or another thread calls {@link #wake}.
 *
 * <p>Confined to one thread, but for {@link #wake}. Allocates nothing per call.
 */
public final class Readiness implements AutoCloseable {

  /** Without limit. */
  public static final long FOREVER = Long.MAX_VALUE;

  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  // struct pollfd of poll(2): int fd; short events; short revents
  private static final int ENTRY = 8;
  private static final int EVENTS = 4;
  private static final int RETURNED = 6;
  private static final short POLLIN = 1;

  private final int count;
  private final NativeMemory entries;
  private final NativeMemory timeout = new NativeMemory(16).zeroed();
  private final NativeMemory one = new NativeMemory(8).zeroed();
  private final NativeMemory howOften = new NativeMemory(8).zeroed();
  private final int wakeUps;

  /**
   * @param fds what to wait for; known by their position from here on
   */
  public Readiness(int... fds) throws LinuxException {
    count = fds.length;
    entries = new NativeMemory(ENTRY * (count + 1)).zeroed();
    wakeUps = LinuxCalls.eventCounter();
    one.bytes().putLong(0, 1);
    for (int i = 0; i < count; i++) {
      entries.bytes().putInt(ENTRY * i, fds[i]);
      want(i, true);
    }
    entries.bytes().putInt(ENTRY * count, wakeUps);
    want(count, true);
  }

  /** Whether to wait for the descriptor at {@code position} at all. */
  public void want(int position, boolean wanted) {
    entries.bytes().putShort(ENTRY * position + EVENTS, wanted ? POLLIN : 0);
  }

  /**
   * Waits, also not at all.
   *
   * @param nanos the longest time to wait; nothing or less looks without waiting
   * @return whether a descriptor is ready; see {@link #ready}
   */
  public boolean await(long nanos) throws LinuxException {
    long timespec = 0;
    if (nanos != FOREVER) {
      ByteBuffer time = timeout.bytes();
      long wait = Math.max(0, nanos);
      time.putLong(0, wait / NANOS_PER_SECOND);
      time.putLong(8, wait % NANOS_PER_SECOND);
      timespec = timeout.address();
    }
    int result = LinuxCalls.poll(entries.address(), count + 1, timespec);
    if (result < 0 && result != -LinuxCalls.EINTR) {
      throw LinuxCalls.failure("ppoll", result);
    }
    if (result > 0 && ready(count)) {
      LinuxCalls.read(wakeUps, howOften.address(), 8);
    }
    return result > 0;
  }

  /** Whether the last wait found the descriptor at {@code position} readable, or broken. */
  public boolean ready(int position) {
    return entries.bytes().getShort(ENTRY * position + RETURNED) != 0;
  }

  /** Ends the wait under way or the next one; any thread may call. */
  public void wake() {
    LinuxCalls.write(wakeUps, one.address(), 8);
  }

  @Override
  public void close() {
    LinuxCalls.close(wakeUps);
    entries.close();
    timeout.close();
    one.close();
    howOften.close();
  }
}
