package io.mooseng.bench.core.execution;

import io.mooseng.bench.core.model.FailureKind;
import io.mooseng.bench.core.workload.Payload;
import io.mooseng.bench.core.workload.mix.FileOperation;
import io.mooseng.bench.core.workload.mix.InitialFile;
import io.mooseng.bench.core.workload.mix.OperationStream;
import io.mooseng.bench.core.workload.mix.PlannedOperation;
import io.mooseng.bench.core.workload.trace.TracedOperation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Which files exist at each operation of a trace, found by walking through it: a file that is used
 * before it was made existed beforehand. For one thread.
 */
final class ReplayFiles {

  /** PATH_MAX of Linux; the directories of a longer path would fill the memory. */
  private static final int LONGEST_PATH = 4_096;

  private static final int[] NOTHING = {};

  /** A file, by the order in which files are met. */
  private static final class State {

    final long id;
    long size;

    /** The operation that changed it last, or -1. */
    int changedBy = -1;

    /** Operations since then. */
    final List<Integer> usedBy = new ArrayList<>();

    /** Whether its name is that of a file; one that was only wanted may be a directory's. */
    boolean isFile;

    /** Start and end of the first operation that proves that it has its name; -1 before that. */
    long thereFrom = -1;

    long thereBy = -1;

    /** Whether that operation gave it the name. */
    boolean named;

    State(long id, long size) {
      this.id = id;
      this.size = size;
    }

    void named(TracedOperation traced) {
      isFile = true;
      named = true;
      thereFrom = traced.startNanos();
      thereBy = traced.endNanos();
    }

    void used(TracedOperation traced) {
      isFile = true;
      if (thereFrom < 0 && traced.failure().isEmpty()) {
        thereFrom = traced.startNanos();
        thereBy = traced.endNanos();
      }
    }

    /** Whether an operation cannot have given the name to another file, unless this one went. */
    boolean isInTheWayOf(TracedOperation made) {
      // Two that were given one name contradict each other in either order.
      return thereFrom >= 0 && thereBy <= (named ? made.endNanos() : made.startNanos());
    }
  }

  /**
   * What an operation uses.
   *
   * @param after indices of the operations it must not overtake
   */
  record Use(long fileId, int[] after) {}

  /**
   * What operations did to a path by deleting or renaming its file.
   *
   * @param by index of the last operation after which the path was free, or -1
   * @param untilNanos end of the last operation that may have freed it
   */
  private record Freed(int by, long untilNanos) {

    static final Freed NEVER = new Freed(-1, 0);
  }

  private final Map<String, State> byPath = new HashMap<>();
  private final Map<String, Freed> freed = new HashMap<>();
  private final NameClashes clashes = new NameClashes();
  private final Set<String> directories = new LinkedHashSet<>();
  private final List<InitialFile> initial = new ArrayList<>();
  private long nextId;

  /** Each after the one it lies in. */
  List<String> directories() {
    return List.copyOf(directories);
  }

  List<InitialFile> initial() {
    return initial;
  }

  /**
   * Takes the next operation.
   *
   * @param index of it among all
   * @throws IllegalArgumentException if it cannot be what happened after those before it
   */
  Use use(TracedOperation traced, int index) {
    requirePath(traced.path());
    traced.to().ifPresent(ReplayFiles::requirePath);
    if (traced.operation() == FileOperation.LIST) {
      addDirectory(traced.path());
      return new Use(PlannedOperation.NO_FILE, NOTHING);
    }
    addDirectory(parentOf(traced.path()));
    if (traced.operation() == FileOperation.STAT_MISSING) {
      return new Use(PlannedOperation.NO_FILE, NOTHING);
    }
    requireSize(traced.size());
    traced.to().ifPresent(to -> addDirectory(parentOf(to)));
    Optional<State> holder = holder(traced);
    State file = traced.operation().addsFile() ? added(traced, index) : known(traced);
    int[] after = after(file, traced, holder);
    remember(file, traced, index);
    holder.ifPresent(held -> held.usedBy.add(index));
    return new Use(file.id, after);
  }

  /** After the last operation: the first file that was made although its name was taken. */
  Optional<NameClashes.Clash> clash() {
    return clashes.first();
  }

  /** Whether the name that an operation wanted was taken. */
  static boolean late(TracedOperation traced) {
    return traced.failure().filter(FailureKind.ALREADY_EXISTS::equals).isPresent();
  }

  /** The file that had the name an operation came too late for. */
  private Optional<State> holder(TracedOperation traced) {
    return late(traced)
        ? Optional.ofNullable(byPath.get(traced.to().orElse(traced.path())))
        : Optional.empty();
  }

  private State added(TracedOperation traced, int index) {
    String path = traced.path();
    State file = new State(nextId++, traced.size());
    file.changedBy = freed(path).by();
    if (traced.failure().isEmpty()) {
      requireNoDirectory(path);
      State before = byPath.put(path, file);
      if (before != null && before.isInTheWayOf(traced) && !mayHaveGone(before, traced)) {
        clashes.suspect(traced, index);
      }
      file.named(traced);
    } else {
      // Whatever had the name before still has it.
      byPath.putIfAbsent(path, file);
    }
    return file;
  }

  /**
   * Whether an operation so far may have freed the path of a file before another was made there.
   */
  private boolean mayHaveGone(State file, TracedOperation made) {
    return freed(made.path()).untilNanos() > Math.min(file.thereFrom, made.startNanos());
  }

  private Freed freed(String path) {
    return freed.getOrDefault(path, Freed.NEVER);
  }

  private State known(TracedOperation traced) {
    boolean append = traced.operation() == FileOperation.APPEND;
    if (append && traced.length() > traced.size()) {
      throw new IllegalArgumentException(
          "an append of %d bytes to a file of %d".formatted(traced.length(), traced.size()));
    }
    requireNoDirectory(traced.path());
    long before = append ? traced.size() - traced.length() : traced.size();
    State file = byPath.get(traced.path());
    if (file == null) {
      file = firstUsed(traced, before);
      byPath.put(traced.path(), file);
    } else if (file.size != before) {
      throw new IllegalArgumentException(
          "'%s' has %d bytes where it had %d after the operations before"
              .formatted(traced.path(), before, file.size));
    }
    file.used(traced);
    return file;
  }

  /** A file that no operation so far has made: it was there before, unless its name was freed. */
  private State firstUsed(TracedOperation traced, long size) {
    State file = new State(nextId++, size);
    file.changedBy = freed(traced.path()).by();
    if (file.changedBy < 0) {
      initial.add(new InitialFile(file.id, traced.path(), size));
    } else if (traced.failure().isEmpty()) {
      throw new IllegalArgumentException(
          "'%s' is used after it was deleted or renamed".formatted(traced.path()));
    }
    return file;
  }

  /** The last operations on its file, on what freed the name it wants, and on who has the name. */
  private int[] after(State file, TracedOperation traced, Optional<State> holder) {
    IntStream ofItsFile = Arrays.stream(after(file, traced.operation()));
    IntStream ofItsName =
        IntStream.of(
            traced.to().map(to -> freed(to).by()).orElse(-1),
            holder.map(held -> held.changedBy).orElse(-1));
    return IntStream.concat(ofItsFile, ofItsName.filter(index -> index >= 0)).distinct().toArray();
  }

  private static int[] after(State file, FileOperation operation) {
    if (operation.readOnly()) {
      return file.changedBy < 0 ? NOTHING : new int[] {file.changedBy};
    }
    if (file.usedBy.isEmpty()) {
      return file.changedBy < 0 ? NOTHING : new int[] {file.changedBy};
    }
    // These themselves came after the latest change.
    return file.usedBy.stream().mapToInt(Integer::intValue).toArray();
  }

  private void remember(State file, TracedOperation traced, int index) {
    if (traced.operation().readOnly()) {
      file.usedBy.add(index);
      return;
    }
    file.changedBy = index;
    file.usedBy.clear();
    boolean done = traced.failure().isEmpty();
    boolean untouched = traced.failure().filter(OperationStream::leavesFileAsItWas).isPresent();
    switch (traced.operation()) {
      case APPEND -> file.size = done ? traced.size() : file.size;
      case RENAME -> {
        if (done) {
          String to = traced.to().orElseThrow();
          if (byPath.containsKey(to)) {
            throw new IllegalArgumentException(
                "'%s' was renamed to '%s', which was taken".formatted(traced.path(), to));
          }
          requireNoDirectory(to);
          byPath.remove(traced.path());
          byPath.put(to, file);
          file.named(traced);
        }
        mayHaveFreed(traced, done, index);
      }
      case DELETE -> {
        if (!untouched) {
          byPath.remove(traced.path());
        }
        mayHaveFreed(traced, !untouched, index);
      }
      default -> {
        // The file is there, and as long as it was.
      }
    }
  }

  /**
   * An operation wanted to delete or rename its file. Even one that failed may have done so: of two
   * attempts the first did, and the second found nothing.
   */
  private void mayHaveFreed(TracedOperation traced, boolean free, int index) {
    Freed before = freed(traced.path());
    freed.put(
        traced.path(),
        new Freed(free ? index : before.by(), Math.max(before.untilNanos(), traced.endNanos())));
    clashes.mayHaveFreed(traced);
  }

  private void addDirectory(String path) {
    if (!path.isEmpty() && !directories.contains(path)) {
      if (isFile(path)) {
        throw fileAndDirectory(path);
      }
      addDirectory(parentOf(path));
      directories.add(path);
    }
  }

  /** Whether an operation so far used it as a file, which may be gone. */
  private boolean isFile(String path) {
    State file = byPath.get(path);
    return file != null && file.isFile || freed.containsKey(path);
  }

  /** Directories are made before the first operation, and stay. */
  private void requireNoDirectory(String path) {
    if (directories.contains(path)) {
      throw fileAndDirectory(path);
    }
  }

  private static IllegalArgumentException fileAndDirectory(String path) {
    return new IllegalArgumentException(
        "'%s' is used as a file and as a directory".formatted(path));
  }

  private static String parentOf(String path) {
    return path.substring(0, Math.max(0, path.lastIndexOf('/')));
  }

  private static void requirePath(String path) {
    if (path.length() > LONGEST_PATH) {
      throw new IllegalArgumentException(
          "a path of %d characters; accepted: up to %d".formatted(path.length(), LONGEST_PATH));
    }
    for (String name : path.split("/", -1)) {
      if (name.isEmpty() || name.equals(".") || name.equals("..") || name.indexOf('\0') >= 0) {
        throw new IllegalArgumentException(
            "'%s' is not a path; accepted: names separated by single slashes".formatted(path));
      }
    }
  }

  private static void requireSize(long size) {
    if (size > Payload.LARGEST.bytes()) {
      throw new IllegalArgumentException(
          "a file of %d bytes; accepted: up to %s".formatted(size, Payload.LARGEST));
    }
  }
}
