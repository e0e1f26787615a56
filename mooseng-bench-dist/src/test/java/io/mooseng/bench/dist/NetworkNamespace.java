package io.mooseng.bench.dist;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A network namespace; see ip-netns(8) and namespaces(7).
 *
 * @param file its name in the file system, as long as it has one
 * @param link what {@code /proc/PID/ns/net} points to for the processes in it
 */
record NetworkNamespace(Path file, String link) {

  static NetworkNamespace named(String name) throws IOException {
    Path file = Path.of("/run/netns", name);
    return new NetworkNamespace(file, "net:[%s]".formatted(Files.getAttribute(file, "unix:ino")));
  }

  /** The processes that run in it, also after its name is gone. */
  List<ProcessHandle> processes() {
    return ProcessHandle.allProcesses().filter(this::holds).toList();
  }

  private boolean holds(ProcessHandle process) {
    try {
      Path link = Path.of("/proc", Long.toString(process.pid()), "ns", "net");
      return Files.readSymbolicLink(link).toString().equals(this.link);
    } catch (IOException e) {
      return false; // gone, a zombie, or another user's
    }
  }
}
