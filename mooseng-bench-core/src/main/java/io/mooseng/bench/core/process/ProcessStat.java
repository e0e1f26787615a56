package io.mooseng.bench.core.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What Linux tells of a process in {@code /proc/PID/stat}; see proc(5).
 *
 * @param state one letter, such as {@code R} or {@code Z}
 * @param startTicks when the process started, in clock ticks since the boot: the same for every
 *     reader, however the wall clock is set
 */
record ProcessStat(char state, long startTicks) {

  /** Fields are counted from 1 in proc(5); the state, the first after the command, is the third. */
  private static final int STATE = 3;

  private static final int START_TIME = 22;

  /** Empty if there is no such process, or no /proc. */
  static Optional<ProcessStat> of(long pid) {
    try {
      Path file = Path.of("/proc", Long.toString(pid), "stat");
      return parse(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /**
   * Reads the content of the file. The command stands in parentheses, and may itself have blanks
   * and parentheses in it.
   *
   * @return empty if it is something else
   */
  static Optional<ProcessStat> parse(String content) {
    String[] fields = content.substring(content.lastIndexOf(')') + 1).strip().split(" ");
    if (fields.length <= START_TIME - STATE) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new ProcessStat(fields[0].charAt(0), Long.parseLong(fields[START_TIME - STATE])));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  /** Whether the process has ended and only waits for its parent to notice. */
  boolean ended() {
    return state == 'Z' || state == 'X';
  }
}
