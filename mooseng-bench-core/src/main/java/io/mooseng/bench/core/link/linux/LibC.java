package io.mooseng.bench.core.link.linux;

import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;

/**
 * Functions of the C library of this process, mapped directly: no proxy, no object per call. An
 * address is a {@code long}, so the machine must have 64 bits. Names and arguments as in section 2
 * of the Linux manual.
 */
final class LibC {

  static {
    Native.register(LibC.class, NativeLibrary.getProcess());
  }

  private LibC() {}

  static native int open(String path, int flags);

  static native int close(int fd);

  static native int ioctl(int fd, long request, long argument);

  static native long read(int fd, long buffer, long count);

  static native long write(int fd, long buffer, long count);

  static native int ppoll(long fds, long count, long timeout, long signalMask);

  static native int eventfd(int initial, int flags);

  static native int setns(int fd, int type);

  static native int prctl(int option, long argument2, long argument3, long argument4, long last);

  static native int sched_setscheduler(int pid, int policy, long parameters);

  static native int execve(long path, long arguments, long environment);

  static native String strerror(int errno);
}
