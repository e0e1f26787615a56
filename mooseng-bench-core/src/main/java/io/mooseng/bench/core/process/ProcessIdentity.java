package io.mooseng.bench.core.process;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One process of this machine: its id and when it started, so that a recycled id is noticed. It
 * means something within one {@link ProcessSpace}: ids and ticks begin anew with every boot.
 *
 * @param pid the process id, positive
 * @param start when the process started, by the wall clock; the epoch if that is unknown
 * @param startTicks when it started, in clock ticks since the boot, which no adjustment of a clock
 *     changes; empty where the operating system does not tell (it is not Linux), and in what was
 *     written by versions that did not ask
 */
public record ProcessIdentity(long pid, Instant start, OptionalLong startTicks) {

  private static final Pattern TEXT = Pattern.compile("(\\d{1,18})@(\\d{1,18})(?::(\\d{1,18}))?");

  /** For systems that tell no ticks: each JVM may convert to the wall clock by its own reading. */
  private static final Duration START_TOLERANCE = Duration.ofSeconds(2);

  public ProcessIdentity {
    if (pid <= 0) {
      throw new IllegalArgumentException("a process id is positive, not " + pid);
    }
    if (startTicks.isPresent() && startTicks.getAsLong() < 0) {
      throw new IllegalArgumentException("ticks since the boot are not " + startTicks.getAsLong());
    }
    start = Instant.ofEpochMilli(start.toEpochMilli());
  }

  /** The process this code runs in. */
  public static ProcessIdentity current() {
    return of(ProcessHandle.current());
  }

  /** The process behind {@code handle}. */
  public static ProcessIdentity of(ProcessHandle handle) {
    Optional<ProcessStat> stat = ProcessStat.of(handle.pid());
    return new ProcessIdentity(
        handle.pid(),
        handle.info().startInstant().orElse(Instant.EPOCH),
        stat.map(found -> OptionalLong.of(found.startTicks())).orElse(OptionalLong.empty()));
  }

  /**
   * Reads what {@link #toString} wrote, of this version or of one that knew no ticks.
   *
   * @throws IllegalArgumentException naming the text and what is accepted
   */
  public static ProcessIdentity parse(String text) {
    Matcher matcher = TEXT.matcher(text.strip());
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "'"
              + text
              + "' is not a process; accepted: <pid>@<start, milliseconds since 1970>, and"
              + " :<start, clock ticks since the boot> after it");
    }
    String ticks = matcher.group(3);
    return new ProcessIdentity(
        Long.parseLong(matcher.group(1)),
        Instant.ofEpochMilli(Long.parseLong(matcher.group(2))),
        ticks == null ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(ticks)));
  }

  /**
   * Whether this very process still runs; a zombie does not, nor does another process with its id.
   * Without {@link #startTicks}, on a system that tells them, any process with its id passes for
   * it: by the wall clock, a successor and a clock that was set look the same.
   */
  public boolean isAlive() {
    Optional<ProcessStat> stat = ProcessStat.of(pid);
    if (stat.isPresent()) {
      return !stat.get().ended()
          && (startTicks.isEmpty() || startTicks.getAsLong() == stat.get().startTicks());
    }
    return ProcessHandle.of(pid)
        .filter(ProcessHandle::isAlive)
        .filter(this::startedWhenWeDid)
        .isPresent();
  }

  private boolean startedWhenWeDid(ProcessHandle handle) {
    Instant found = handle.info().startInstant().orElse(Instant.EPOCH);
    return start.equals(Instant.EPOCH)
        || found.equals(Instant.EPOCH)
        || Duration.between(start, found).abs().compareTo(START_TOLERANCE) <= 0;
  }

  /**
   * {@code <pid>@<start, milliseconds since 1970>}, with {@code :<start, clock ticks since the
   * boot>} after it where they are known; {@link #parse} reads it back. No blanks, no slashes.
   */
  @Override
  public String toString() {
    String text = pid + "@" + start.toEpochMilli();
    return startTicks.isPresent() ? text + ":" + startTicks.getAsLong() : text;
  }
}
