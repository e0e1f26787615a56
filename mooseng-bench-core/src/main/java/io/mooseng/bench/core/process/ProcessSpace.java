package io.mooseng.bench.core.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Within what a process id means something: one boot of one kernel, and one namespace of process
 * ids in it. A directory on a shared mount may have been made by a process of another machine or
 * container, of which nothing can be said from here.
 */
public final class ProcessSpace {

  private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");
  private static final Path PID_NAMESPACE = Path.of("/proc/self/ns/pid");

  private ProcessSpace() {}

  /** Equal for processes that can see each other; one line, without blanks at the ends. */
  public static String current() {
    try {
      return Files.readString(BOOT_ID).strip() + " " + Files.readSymbolicLink(PID_NAMESPACE);
    } catch (IOException | UnsupportedOperationException e) {
      return "unknown"; // no Linux: then temporary directories are local, and that is what it means
    }
  }
}
