package io.mooseng.bench.core.target;

import io.mooseng.bench.core.measure.OperationTrace;
import io.mooseng.bench.core.model.FailureKind;
import io.mooseng.bench.core.model.OperationException;
import io.mooseng.bench.core.workload.Payload;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The one directory of a run on its target, directly below the target's root. All that the run
 * makes there lies in it, beside a {@link RunMarker marker} that says whose it is.
 *
 * <p>Nothing is ever removed but such directories. Used by one thread at a time.
 */
public final class RunRoot {

  /** The marker's file. */
  public static final String MARKER = ".mooseng-bench-run.json";

  private static final String PREFIX = "mooseng-bench-";
  private static final Pattern NAME = Pattern.compile(PREFIX + "(\\d{8}T\\d{6}Z-[a-z0-9]{1,16})");
  private static final int PAGE_ENTRIES = 1_000;
  private static final int MOST_MARKER_BYTES = 64 << 10;

  /** Why an empty directory is left. */
  private static final String UNMARKED =
      " (empty and without a marker: of a run that is just starting, or was killed then;"
          + " remove it if no run is)";

  private final TargetDriver driver;
  private final RunMarker marker;
  private final FileRef directory;

  private RunRoot(TargetDriver driver, RunMarker marker, FileRef directory) {
    this.driver = driver;
    this.marker = marker;
    this.directory = directory;
  }

  /** {@code mooseng-bench-<run id>}. */
  public static String nameOf(String runId) {
    return PREFIX + runId;
  }

  /**
   * Makes the directory of a run, or finds it if this run has made it before.
   *
   * @throws OperationException ALREADY_EXISTS if somebody else has taken the name
   */
  public static RunRoot create(TargetDriver driver, RunMarker marker) throws OperationException {
    String name = nameOf(marker.runId());
    FileRef directory;
    try {
      directory = driver.createDirectory(driver.root(), name, trace());
    } catch (OperationException e) {
      if (e.kind() != FailureKind.ALREADY_EXISTS) {
        throw e;
      }
      return find(driver, marker);
    }
    try {
      driver.write(directory, MARKER, Payload.ofBytes(marker.toJson()), trace());
      return new RunRoot(driver, marker, directory);
    } catch (OperationException e) {
      try {
        driver.deleteTree(directory, trace());
      } catch (OperationException again) {
        e.addSuppressed(again);
      }
      throw e;
    }
  }

  /**
   * Finds the directory that this run has made before.
   *
   * @throws OperationException NOT_FOUND if it is gone, ALREADY_EXISTS if it is somebody else's
   */
  public static RunRoot find(TargetDriver driver, RunMarker marker) throws OperationException {
    String name = nameOf(marker.runId());
    FileRef directory = driver.find(driver.root(), name, trace());
    if (!isOf(marker, driver, directory)) {
      throw OperationException.light(
          FailureKind.ALREADY_EXISTS, name + " is there and has no marker of this run");
    }
    return new RunRoot(driver, marker, directory);
  }

  private static boolean isOf(RunMarker marker, TargetDriver driver, FileRef directory)
      throws OperationException {
    try {
      FileRef file = driver.find(directory, MARKER, trace());
      return driver.sameOwner(directory, file) && read(driver, file).isOfSameRunAs(marker);
    } catch (OperationException e) {
      if (e.kind() == FailureKind.NOT_FOUND || e.kind() == FailureKind.INVALID) {
        return false;
      }
      throw e;
    }
  }

  /**
   * What a sweep did.
   *
   * @param removed directories of runs that were killed on this machine
   * @param leftBehind those of our user that could not be removed or judged, and why
   */
  public record Swept(List<String> removed, List<String> leftBehind) {}

  /**
   * Removes the directories that killed runs of this machine left on the target: those whose name
   * and marker agree, whose owner is ours, and whose process is gone. Any other is left alone; what
   * belongs to another user is not even read.
   */
  public Swept sweep() throws OperationException {
    Swept swept = new Swept(new ArrayList<>(), new ArrayList<>());
    for (String name : names(driver, driver.root())) {
      Matcher match = NAME.matcher(name);
      if (!match.matches() || match.group(1).equals(marker.runId())) {
        continue;
      }
      try {
        sweep(name, match.group(1), swept);
      } catch (OperationException e) {
        // Gone: another sweep was faster, or its run has ended.
        if (e.kind() != FailureKind.NOT_FOUND) {
          swept.leftBehind().add(name + " (" + e.getMessage() + ")");
        }
      }
    }
    return swept;
  }

  private void sweep(String name, String runId, Swept swept) throws OperationException {
    FileRef other = driver.find(driver.root(), name, trace());
    if (!driver.stat(other, trace()).directory() || !driver.sameOwner(directory, other)) {
      return;
    }
    Optional<FileRef> file = markerIn(other);
    if (file.isEmpty()) {
      // A run may be about to mark it, perhaps on another machine: it is only reported.
      if (isEmpty(other)) {
        swept.leftBehind().add(name + UNMARKED);
      }
    } else if (driver.sameOwner(directory, file.get()) && isAbandoned(file.get(), runId)) {
      remove(driver, other);
      swept.removed().add(name);
    }
  }

  private Optional<FileRef> markerIn(FileRef other) throws OperationException {
    try {
      return Optional.of(driver.find(other, MARKER, trace()));
    } catch (OperationException e) {
      if (e.kind() == FailureKind.NOT_FOUND) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private boolean isEmpty(FileRef other) throws OperationException {
    return driver.list(other, 0, 1, trace()).names().isEmpty();
  }

  private boolean isAbandoned(FileRef file, String runId) throws OperationException {
    RunMarker found = read(driver, file);
    return found.runId().equals(runId) && found.isAbandoned();
  }

  /** Removes the directory of the run; that it is gone already is no failure. */
  public void remove() throws OperationException {
    try {
      remove(driver, directory);
    } catch (OperationException e) {
      if (e.kind() != FailureKind.NOT_FOUND) {
        throw e;
      }
    }
  }

  /** The marker goes last, so that a removal that was interrupted is finished by a sweep. */
  private static void remove(TargetDriver driver, FileRef directory) throws OperationException {
    for (String name : names(driver, directory)) {
      if (!name.equals(MARKER)) {
        FileRef entry = driver.find(directory, name, trace());
        if (driver.stat(entry, trace()).directory()) {
          driver.deleteTree(entry, trace());
        } else {
          driver.delete(entry, trace());
        }
      }
    }
    driver.deleteTree(directory, trace());
  }

  private static List<String> names(TargetDriver driver, FileRef directory)
      throws OperationException {
    ListPage page = driver.list(directory, 0, PAGE_ENTRIES, trace());
    List<String> names = new ArrayList<>(page.names());
    while (page.hasMore()) {
      page = driver.list(directory, page.nextOffset(), PAGE_ENTRIES, trace());
      names.addAll(page.names());
    }
    return names;
  }

  /** Reads no more than a marker can have, and nothing that is no plain file: that may not end. */
  private static RunMarker read(TargetDriver driver, FileRef file) throws OperationException {
    FileInfo info = driver.stat(file, trace());
    boolean plain = !info.directory() && !info.special();
    if (!plain || info.size() == 0 || info.size() > MOST_MARKER_BYTES) {
      throw unreadable("not one of this program", null);
    }
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    driver.readRange(
        file,
        0,
        info.size(),
        frame -> {
          byte[] bytes = new byte[frame.remaining()];
          frame.get(bytes);
          content.writeBytes(bytes);
        },
        trace());
    try {
      return RunMarker.parse(content.toByteArray());
    } catch (IOException e) {
      throw unreadable("not the JSON of this program", e);
    }
  }

  private static OperationException unreadable(String why, IOException cause) {
    return new OperationException(
        FailureKind.INVALID, "unreadable marker " + MARKER + ": " + why, cause);
  }

  private static OperationTrace trace() {
    return new OperationTrace();
  }
}
