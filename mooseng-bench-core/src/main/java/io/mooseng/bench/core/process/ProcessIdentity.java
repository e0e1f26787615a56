package io.mooseng.bench.core.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One process of this machine: its id and when it started, so that a recycled id is noticed.
 *
 * @param pid the process id, positive
 * @param start when the process started, as the operating system tells it
 */
public record ProcessIdentity(long pid, Instant start) {

  private static final Pattern TEXT = Pattern.compile("(\\d{1,18})@(\\d{1,18})");

  /**
   * Linux counts starts from the boot, and every JVM converts by its own reading of the boot time,
   * which has a resolution of one second and moves when the clock is adjusted.
   */
  private static final Duration START_TOLERANCE = Duration.ofSeconds(2);

  public ProcessIdentity {
    if (pid <= 0) {
      throw new IllegalArgumentException("a process id is positive, not " + pid);
    }
    start = Instant.ofEpochMilli(start.toEpochMilli());
  }

  /** The process this code runs in. */
  public static ProcessIdentity current() {
    return of(ProcessHandle.current());
  }

  /** The process behind {@code handle}; the epoch stands for a start that cannot be read. */
  public static ProcessIdentity of(ProcessHandle handle) {
    return new ProcessIdentity(handle.pid(), handle.info().startInstant().orElse(Instant.EPOCH));
  }

  /**
   * Reads what {@link #toString} wrote.
   *
   * @throws IllegalArgumentException naming the text and what is accepted
   */
  public static ProcessIdentity parse(String text) {
    Matcher matcher = TEXT.matcher(text.strip());
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "'" + text + "' is not a process; accepted: <pid>@<start, milliseconds since 1970>");
    }
    return new ProcessIdentity(
        Long.parseLong(matcher.group(1)), Instant.ofEpochMilli(Long.parseLong(matcher.group(2))));
  }

  /** Whether this very process still runs; a zombie and another process with its id do not. */
  public boolean isAlive() {
    return ProcessHandle.of(pid)
        .filter(ProcessHandle::isAlive)
        .filter(this::startedWhenWeDid)
        .filter(handle -> !isZombie())
        .isPresent();
  }

  private boolean startedWhenWeDid(ProcessHandle handle) {
    Instant found = handle.info().startInstant().orElse(Instant.EPOCH);
    return start.equals(Instant.EPOCH)
        || found.equals(Instant.EPOCH)
        || Duration.between(start, found).abs().compareTo(START_TOLERANCE) <= 0;
  }

  /** proc(5): the state is the first word after the command, which stands in parentheses. */
  private boolean isZombie() {
    try {
      String stat =
          new String(
              Files.readAllBytes(Path.of("/proc", Long.toString(pid), "stat")),
              StandardCharsets.ISO_8859_1);
      String afterCommand = stat.substring(stat.lastIndexOf(')') + 1).strip();
      return afterCommand.startsWith("Z") || afterCommand.startsWith("X");
    } catch (IOException e) {
      return false; // no /proc here, or the process has just gone: the next look tells
    }
  }

  /** {@code <pid>@<start, milliseconds since 1970>}; {@link #parse} reads it back. */
  @Override
  public String toString() {
    return pid + "@" + start.toEpochMilli();
  }
}
