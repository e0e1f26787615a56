package io.mooseng.bench.core.link.linux;

import com.sun.jna.Native;

/**
 * The system calls the packet backends need. Call {@link NativeAccess#obstacle} before the first.
 *
 * <p>Those of the packet path return a negative error number instead of throwing. Safe for use by
 * any number of threads; {@link #enterNetwork} and {@link #exactTimers} change the calling thread
 * alone.
 */
public final class LinuxCalls {

  public static final int O_RDONLY = 0;
  public static final int O_RDWR = 2;
  public static final int O_NONBLOCK = 0x800;

  /** Java opens every descriptor so; without it a child process would inherit the device. */
  public static final int O_CLOEXEC = 0x80000;

  public static final int EINTR = 4;
  public static final int EAGAIN = 11;

  private static final int CLONE_NEWNET = 0x4000_0000;
  private static final int PR_SET_TIMERSLACK = 29;
  private static final int SCHED_FIFO = 1;

  private LinuxCalls() {}

  /** Opens a file; the descriptor is the caller's to close. */
  public static int open(String path, int flags) throws LinuxException {
    return checked("open " + path, LibC.open(path, flags | O_CLOEXEC));
  }

  public static void close(int fd) {
    LibC.close(fd);
  }

  /**
   * @param argument an address, or a number if the request wants one
   */
  public static void ioctl(String what, int fd, long request, long argument) throws LinuxException {
    checked(what, LibC.ioctl(fd, request, argument));
  }

  /** Bytes read, or a negative error number. */
  public static int read(int fd, long address, int count) {
    int result = (int) LibC.read(fd, address, count);
    return result < 0 ? -Native.getLastError() : result;
  }

  /** Bytes written, or a negative error number. */
  public static int write(int fd, long address, int count) {
    int result = (int) LibC.write(fd, address, count);
    return result < 0 ? -Native.getLastError() : result;
  }

  /**
   * Waits for descriptors.
   *
   * @param fds address of {@code count} entries of struct pollfd
   * @param timespec address of the longest time to wait, or 0 to wait without limit
   * @return how many are ready, or a negative error number
   */
  static int poll(long fds, int count, long timespec) {
    int result = LibC.ppoll(fds, count, timespec, 0);
    return result < 0 ? -Native.getLastError() : result;
  }

  /** A counter that {@link #poll} can wait for; see eventfd(2). */
  static int eventCounter() throws LinuxException {
    return checked("eventfd", LibC.eventfd(0, O_CLOEXEC | O_NONBLOCK));
  }

  /** Puts the calling thread, and what it starts and opens from now on, into a namespace. */
  public static void enterNetwork(String namespaceFile) throws LinuxException {
    int fd = open(namespaceFile, O_RDONLY);
    try {
      checked("setns " + namespaceFile, LibC.setns(fd, CLONE_NEWNET));
    } finally {
      close(fd);
    }
  }

  /**
   * Lets timers of the calling thread fire when they are due: by default Linux may let them wait
   * for 50 µs more, so that wake-ups coincide (prctl(2), PR_SET_TIMERSLACK).
   */
  public static void exactTimers() throws LinuxException {
    checked("prctl(PR_SET_TIMERSLACK)", LibC.prctl(PR_SET_TIMERSLACK, 1, 0, 0, 0));
  }

  /**
   * Lets the calling thread run as soon as it has something to do, before all threads that are not
   * in real time (sched(7), SCHED_FIFO at the lowest priority). Without the privilege it stays as
   * it is.
   *
   * @return whether it runs in real time now
   */
  public static boolean runInRealTime() {
    try (NativeMemory parameters = new NativeMemory(4).zeroed()) {
      parameters.bytes().putInt(0, 1);
      return LibC.sched_setscheduler(0, SCHED_FIFO, parameters.address()) == 0;
    }
  }

  /** For a call of the packet path that answered a negative error number. */
  public static LinuxException failure(String what, int result) {
    return new LinuxException(what, -result, LibC.strerror(-result));
  }

  static int checked(String what, int result) throws LinuxException {
    if (result < 0) {
      int errno = Native.getLastError();
      throw new LinuxException(what, errno, LibC.strerror(errno));
    }
    return result;
  }
}
