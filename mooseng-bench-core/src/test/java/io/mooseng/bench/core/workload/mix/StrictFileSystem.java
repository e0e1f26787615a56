package io.mooseng.bench.core.workload.mix;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Files and directories by path, as a target would have them, which fails the test for whatever a
 * target would refuse, and for whatever two operations under way would do to each other.
 */
final class StrictFileSystem {

  private record Content(long fileId, long size) {}

  private final Set<String> directories = new HashSet<>();
  private final Map<String, Content> files = new HashMap<>();
  private final Map<String, Integer> readers = new HashMap<>();
  private final Set<String> writers = new HashSet<>();

  /** Names of files that were given up: they may or may not exist. */
  private final Set<String> unknown = new HashSet<>();

  StrictFileSystem(WorkloadPlan plan) {
    plan.directories().forEach(directory -> assertThat(directories.add(directory)).isTrue());
    for (int client = 0; client < plan.clients(); client++) {
      plan.initialFiles(client).forEach(file -> add(file.path(), file.fileId(), file.size()));
    }
  }

  int files() {
    return files.size();
  }

  private void add(String path, long fileId, long size) {
    assertThat(directories).contains(path.substring(0, path.lastIndexOf('/')));
    assertThat(unknown).doesNotContain(path);
    assertThat(files.put(path, new Content(fileId, size))).as(path).isNull();
  }

  /** The operation begins. */
  void begin(PlannedOperation operation) {
    String path = operation.path();
    switch (operation.operation()) {
      case LIST -> assertThat(directories).contains(path);
      case STAT_MISSING -> {
        assertThat(files).doesNotContainKey(path);
        assertThat(directories).contains(path.substring(0, path.lastIndexOf('/')));
      }
      case CREATE, WRITE -> assertThat(files).doesNotContainKey(path);
      default -> beginOnFile(operation);
    }
  }

  private void beginOnFile(PlannedOperation operation) {
    String path = operation.path();
    Content content = files.get(path);
    assertThat(content).as("%s of %s", operation.operation(), path).isNotNull();
    assertThat(content.fileId()).isEqualTo(operation.fileId());
    boolean appends = operation.operation() == FileOperation.APPEND;
    assertThat(appends ? operation.offset() : operation.size()).isEqualTo(content.size());
    assertThat(writers).as("in use").doesNotContain(path);
    if (operation.operation().changesFile()) {
      assertThat(readers.getOrDefault(path, 0)).as("readers of %s", path).isZero();
      writers.add(path);
    } else {
      readers.merge(path, 1, Integer::sum);
    }
    switch (operation.operation()) {
      case READ -> assertThat(operation.length()).isEqualTo(content.size());
      case READ_RANGE, OVERWRITE -> {
        assertThat(operation.length()).isPositive();
        assertThat(operation.offset() + operation.length()).isLessThanOrEqualTo(content.size());
      }
      case RENAME -> assertThat(files).doesNotContainKey(operation.to().orElseThrow());
      default -> assertThat(operation.length()).isEqualTo(appends ? 4_096 : 0);
    }
  }

  /** The operation ends; if {@code applied}, it did what it should. */
  void end(PlannedOperation operation, boolean applied) {
    String path = operation.path();
    if (operation.operation().changesFile()) {
      writers.remove(path);
    } else if (operation.operation().readOnly()) {
      readers.computeIfPresent(path, (key, count) -> count == 1 ? null : count - 1);
    }
    if (!applied) {
      return;
    }
    switch (operation.operation()) {
      case CREATE, WRITE -> add(path, operation.fileId(), operation.size());
      case APPEND -> files.put(path, new Content(operation.fileId(), operation.size()));
      case RENAME -> {
        files.remove(path);
        add(operation.to().orElseThrow(), operation.fileId(), operation.size());
      }
      case DELETE -> assertThat(files.remove(path)).isNotNull();
      default -> {
        // Nothing has changed.
      }
    }
  }

  /** Nobody knows what became of it; whoever uses the name again is wrong. */
  void giveUp(PlannedOperation operation) {
    end(operation, false);
    if (!operation.operation().readOnly()) {
      files.remove(operation.path());
      unknown.add(operation.path());
      operation.to().ifPresent(unknown::add);
    }
  }
}
