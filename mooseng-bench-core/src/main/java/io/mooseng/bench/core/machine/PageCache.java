package io.mooseng.bench.core.machine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * The cache of file data that all processes of this machine share (Linux,
 * Documentation/admin-guide/sysctl/vm.rst). Emptying it slows every other program down.
 *
 * @param files of the machine
 */
public record PageCache(SystemFiles files) {

  private static final String DROP_CACHES = "/proc/sys/vm/drop_caches";

  /** Free page cache, and dentries and inodes. */
  private static final String EVERYTHING = "3";

  /** The page cache of the machine this program runs on. */
  public static PageCache ofThisMachine() {
    return new PageCache(SystemFiles.ofThisMachine());
  }

  /** Why this process cannot empty it, in one line; empty if it can. */
  public Optional<String> whyNot() {
    return files.writable(DROP_CACHES)
        ? Optional.empty()
        : Optional.of("cold reads need root: %s cannot be written".formatted(DROP_CACHES));
  }

  /**
   * Writes all changed data of this machine to its devices; only then can it leave the cache.
   *
   * @throws IOException if that cannot be done
   */
  public void sync() throws IOException {
    Process process = new ProcessBuilder("sync").inheritIO().start();
    try {
      int status = process.waitFor();
      if (status != 0) {
        throw new IOException("sync ended with status " + status);
      }
    } catch (InterruptedException e) {
      process.destroy();
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while syncing", e);
    }
  }

  /**
   * Empties it of all that is unchanged and not mapped.
   *
   * @throws IOException if this process may not
   */
  public void drop() throws IOException {
    Files.writeString(files.path(DROP_CACHES), EVERYTHING, StandardOpenOption.WRITE);
  }

  /**
   * Bytes that a process has had fetched from storage so far, not those it found in the cache
   * (proc(5), {@code read_bytes}).
   *
   * @return empty if there is no such process, or the kernel does not tell
   */
  public Optional<Long> bytesFetched(long pid) {
    return bytesFetched("/proc/" + pid + "/io");
  }

  /** As {@link #bytesFetched(long)}, of the calling thread alone. */
  public Optional<Long> bytesFetchedByThisThread() {
    return bytesFetched("/proc/thread-self/io");
  }

  private Optional<Long> bytesFetched(String counters) {
    return files
        .read(counters)
        .flatMap(
            text ->
                text.lines()
                    .filter(line -> line.startsWith("read_bytes:"))
                    .map(line -> Long.valueOf(line.substring(line.indexOf(':') + 1).strip()))
                    .findFirst());
  }
}
