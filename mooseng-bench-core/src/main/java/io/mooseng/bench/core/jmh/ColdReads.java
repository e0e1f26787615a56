package io.mooseng.bench.core.jmh;

import io.mooseng.bench.core.machine.PageCache;
import io.mooseng.bench.core.model.FailureKind;
import io.mooseng.bench.core.model.Outcome;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * Reads that find nothing in the page cache: it is emptied before each of them, outside of what is
 * recorded, and at the end the storage is asked whether it was read at all.
 *
 * <p>For one thread: another one's read would be in the cache.
 */
public final class ColdReads implements AutoCloseable {

  /** File systems whose data other machines, or a process of their own, may hold in a cache. */
  private static final Pattern HAS_CACHES_ELSEWHERE =
      Pattern.compile("(nfs|fuse|cifs|smb|ceph|9p|lustre|virtiofs|afs|gpfs|beegfs).*");

  /** File systems that have no device to read from, as a target names itself: type, then name. */
  private static final Pattern IN_MEMORY = Pattern.compile("(tmpfs|ramfs|jimfs)\\b.*");

  private final ForkContext context;
  private final String implementation;
  private final PageCache pages;
  private final Supplier<Optional<Long>> bytesFetched;
  private final FetchedShare fetched = new FetchedShare();
  private boolean told = true;

  /**
   * @param implementation of the target, as it answered
   */
  ColdReads(ForkContext context, String implementation) {
    this.context = context;
    this.implementation = implementation;
    this.pages = PageCache.ofThisMachine();
    this.bytesFetched = bytesFetched(context.access(), pages);
    if (HAS_CACHES_ELSEWHERE.matcher(implementation).matches()) {
      context.warn(
          "only this machine's page cache was dropped; %s may keep data in others"
              .formatted(implementation));
    }
    perform(pages::sync);
  }

  /** Whether the files of a target are in memory, whatever its process fetched meanwhile. */
  static boolean areInMemory(String implementation) {
    return IN_MEMORY.matcher(implementation).matches();
  }

  /**
   * What was fetched so far for the target: by this thread alone if it reads the files itself,
   * since the code of the others is fetched again, too.
   */
  private static Supplier<Optional<Long>> bytesFetched(TargetAccess access, PageCache pages) {
    if (access.storagePid() == TargetAccess.UNKNOWN_PROCESS) {
      return Optional::empty;
    }
    if (access.storagePid() != TargetAccess.THIS_PROCESS) {
      return () -> pages.bytesFetched(access.storagePid());
    }
    return access.server() == null
        ? pages::bytesFetchedByThisThread
        : () -> pages.bytesFetched(ProcessHandle.current().pid());
  }

  /** Empties the page cache, then reads. */
  public Outcome<Long> read(Supplier<Outcome<Long>> read) {
    perform(pages::drop);
    Optional<Long> before = bytesFetched.get();
    Outcome<Long> outcome = read.get();
    Optional<Long> after = bytesFetched.get();
    if (outcome instanceof Outcome.Success<Long> success) {
      told &= before.isPresent() && after.isPresent();
      fetched.add(success.value(), after.orElse(0L) - before.orElse(0L));
    }
    return outcome;
  }

  /** Something that the machine may refuse. */
  @FunctionalInterface
  private interface Step {
    void perform() throws IOException;
  }

  private void perform(Step step) {
    try {
      step.perform();
    } catch (IOException e) {
      throw context.failed(FailureKind.CONDITIONS_NOT_MET, "no cold reads: " + e.getMessage(), e);
    }
  }

  /** Warns if the reads were not cold, or nobody can tell. */
  @Override
  public void close() {
    if (areInMemory(implementation)) {
      context.warn("not cold: the files of a %s are in memory".formatted(implementation));
    } else if (!told) {
      context.warn("not known to be cold: what the target's process fetched cannot be read here");
    } else {
      fetched.whyNotCold().ifPresent(context::warn);
    }
  }
}
