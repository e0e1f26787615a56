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
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Which files exist at each operation of a trace, found by walking through it: a file that is used
 * before it was made existed beforehand. For one thread.
 */
final class ReplayFiles {

  /** Names separated by single slashes, none of which leads out of the directory. */
  private static final Pattern PATH =
      Pattern.compile("(?!\\.{1,2}(?:/|$))[^/\\x00]+(?:/(?!\\.{1,2}(?:/|$))[^/\\x00]+)*");

  private static final int[] NOTHING = {};

  /** A file, by the order in which files are met. */
  private static final class State {

    final long id;
    long size;

    /** The operation that changed it last, or -1. */
    int changedBy = -1;

    /** Operations since then. */
    final List<Integer> usedBy = new ArrayList<>();

    State(long id, long size) {
      this.id = id;
      this.size = size;
    }
  }

  /**
   * What an operation uses.
   *
   * @param after indices of the operations it must not overtake
   */
  record Use(long fileId, int[] after) {}

  private final Map<String, State> byPath = new HashMap<>();

  /** Paths whose file went, and by which operation. */
  private final Map<String, Integer> freedBy = new HashMap<>();

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
    State file = traced.operation().addsFile() ? added(traced) : known(traced);
    int[] after = after(file, traced, holder);
    remember(file, traced, index);
    holder.ifPresent(held -> held.usedBy.add(index));
    return new Use(file.id, after);
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

  private State added(TracedOperation traced) {
    State file = new State(nextId++, traced.size());
    file.changedBy = freedBy.getOrDefault(traced.path(), -1);
    if (traced.failure().isEmpty()) {
      byPath.put(traced.path(), file);
    } else {
      // Whatever had the name before still has it.
      byPath.putIfAbsent(traced.path(), file);
    }
    return file;
  }

  private State known(TracedOperation traced) {
    boolean append = traced.operation() == FileOperation.APPEND;
    if (append && traced.length() > traced.size()) {
      throw new IllegalArgumentException(
          "an append of %d bytes to a file of %d".formatted(traced.length(), traced.size()));
    }
    long before = append ? traced.size() - traced.length() : traced.size();
    State file = byPath.get(traced.path());
    if (file == null) {
      file = new State(nextId++, before);
      byPath.put(traced.path(), file);
      initial.add(new InitialFile(file.id, traced.path(), before));
    } else if (file.size != before) {
      throw new IllegalArgumentException(
          "'%s' has %d bytes where it had %d after the operations before"
              .formatted(traced.path(), before, file.size));
    }
    return file;
  }

  /** The last operations on its file, on what freed the name it wants, and on who has the name. */
  private int[] after(State file, TracedOperation traced, Optional<State> holder) {
    IntStream ofItsFile = Arrays.stream(after(file, traced.operation()));
    IntStream ofItsName =
        IntStream.of(
            traced.to().map(freedBy::get).orElse(-1),
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
          byPath.remove(traced.path());
          freedBy.put(traced.path(), index);
          byPath.put(to, file);
        }
      }
      case DELETE -> {
        if (!untouched) {
          byPath.remove(traced.path());
          freedBy.put(traced.path(), index);
        }
      }
      default -> {
        // The file is there, and as long as it was.
      }
    }
  }

  private void addDirectory(String path) {
    if (!path.isEmpty() && !directories.contains(path)) {
      addDirectory(parentOf(path));
      directories.add(path);
    }
  }

  private static String parentOf(String path) {
    return path.substring(0, Math.max(0, path.lastIndexOf('/')));
  }

  private static void requirePath(String path) {
    if (!PATH.matcher(path).matches()) {
      throw new IllegalArgumentException(
          "'%s' is not a path; accepted: names separated by single slashes".formatted(path));
    }
  }

  private static void requireSize(long size) {
    if (size > Payload.LARGEST.bytes()) {
      throw new IllegalArgumentException(
          "a file of %d bytes; accepted: up to %s".formatted(size, Payload.LARGEST));
    }
  }
}
