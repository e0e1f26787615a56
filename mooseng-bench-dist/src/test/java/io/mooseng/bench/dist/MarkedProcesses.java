package io.mooseng.bench.dist;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Processes by a word in the environment they were started with, so that they are found even when
 * their parent is gone and they have become children of another process.
 */
final class MarkedProcesses {

  private MarkedProcesses() {}

  /** Live processes whose environment holds {@code mark}, {@code NAME=value}. */
  static List<ProcessHandle> of(String mark) {
    return ProcessHandle.allProcesses()
        .filter(ProcessHandle::isAlive)
        .filter(process -> proc(process, "environ").contains(mark))
        .toList();
  }

  /** Those of them whose command line holds {@code word}. */
  static List<ProcessHandle> of(String mark, String word) {
    return of(mark).stream().filter(process -> commandLine(process).contains(word)).toList();
  }

  static String commandLine(ProcessHandle process) {
    return proc(process, "cmdline").replace('\0', ' ');
  }

  /** Waits until no such process is left. */
  static void awaitNone(String mark) throws InterruptedException {
    Await.until("the processes of a run to end", () -> of(mark).isEmpty());
  }

  /** See proc(5). Empty for a process that is gone, a zombie, or another user's. */
  private static String proc(ProcessHandle process, String file) {
    try {
      Path path = Path.of("/proc", Long.toString(process.pid()), file);
      return new String(Files.readAllBytes(path), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      return "";
    }
  }
}
