package io.mooseng.bench.core.jmh;

import io.mooseng.bench.core.config.TlsFiles;
import io.mooseng.bench.core.model.FailureKind;
import io.mooseng.bench.core.model.OperationException;
import io.mooseng.bench.core.target.RunMarker;
import io.mooseng.bench.core.target.RunRoot;
import io.mooseng.bench.core.target.TargetDriver;
import io.mooseng.bench.core.target.TargetOptions;
import io.mooseng.bench.core.target.Targets;
import io.mooseng.bench.core.target.UnavailableException;
import java.io.UncheckedIOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The directories of a run on its targets, one on each: made before anything is measured there,
 * removed when the run ends, however it ends.
 *
 * <p>Safe for use by any number of threads; one at a time is let in.
 */
public final class RunRoots implements AutoCloseable {

  private final RunMarker marker;
  private final TargetOptions options;
  private final Consumer<String> notices;
  private final Set<String> prepared = new LinkedHashSet<>();
  private final Set<String> kept = new LinkedHashSet<>();
  private boolean closed;

  /**
   * @param notices hears, one line each, what earlier runs left and what this one had to leave
   */
  public RunRoots(RunMarker marker, TargetOptions options, Consumer<String> notices) {
    this.marker = marker;
    this.options = options;
    this.notices = notices;
  }

  /** The name of each of the directories. */
  String name() {
    return RunRoot.nameOf(marker.runId());
  }

  /** Which run the roots belong to. */
  String runId() {
    return marker.runId();
  }

  /** Whether the directories stay when the run ends. */
  boolean keeps() {
    return marker.keep();
  }

  /**
   * Makes the directory on a target that stays for the whole run; {@link #close} removes it.
   *
   * @throws UnavailableException if it cannot be made, in one line
   */
  public synchronized void prepareForRun(String uri) {
    try {
      prepared.add(uri);
      prepare(uri, uri, options.tls());
    } catch (OperationException e) {
      throw new UnavailableException(
          "--target %s: cannot make %s: %s".formatted(uri, name(), e.getMessage()), e);
    }
  }

  /**
   * Makes the directory on a target, unless this run has made it there before, and removes those
   * that killed runs left.
   *
   * @param where names the target for people
   * @param tls how it is reached
   */
  synchronized void prepare(String uri, String where, TlsFiles tls) throws OperationException {
    if (closed) {
      throw OperationException.light(FailureKind.UNAVAILABLE, "the run has ended");
    }
    TargetOptions patient = options.withTls(tls).withOpenTimeout(TargetOptions.KNOWN_OPEN_TIMEOUT);
    try (TargetDriver driver = Targets.open(uri, patient)) {
      RunRoot.Swept swept = RunRoot.create(driver, marker).sweep();
      tell("removed what a killed run left on ", where, swept.removed());
      tell("left alone on ", where, swept.leftBehind());
    }
  }

  private void tell(String what, String where, List<String> names) {
    if (!names.isEmpty()) {
      notices.accept(what + where + ": " + String.join(", ", names));
    }
  }

  /**
   * Removes the directory from a target, unless it is to be kept; that it is gone is no failure.
   *
   * @return why it had to be left, if so
   */
  synchronized Optional<String> remove(String uri, String where, TlsFiles tls) {
    try (TargetDriver driver = Targets.open(uri, options.withTls(tls))) {
      RunRoot root = RunRoot.find(driver, marker);
      if (marker.keep()) {
        kept.add(where);
      } else {
        root.remove();
      }
      return Optional.empty();
    } catch (OperationException e) {
      return e.kind() == FailureKind.NOT_FOUND
          ? Optional.empty()
          : Optional.of(String.valueOf(e.getMessage()));
    } catch (UncheckedIOException e) {
      return Optional.of(String.valueOf(e.getCause().getMessage()));
    }
  }

  /** Says that a directory is still there, and why. */
  void tellLeftBehind(String where, String why) {
    notices.accept(
        "left behind on %s: %s (%s); the next run there removes it".formatted(where, name(), why));
  }

  /** Where directories were kept, one line each, for the closing summary. */
  public synchronized List<String> kept() {
    if (marker.keep() && kept.isEmpty()) {
      return List.of("nothing: the store was a temporary one (--store DIR keeps it)");
    }
    return kept.stream().map(where -> name() + " on " + where).toList();
  }

  /** Removes all that are left; none is made any more. */
  @Override
  public synchronized void close() {
    closed = true;
    for (String uri : prepared) {
      remove(uri, uri, options.tls()).ifPresent(why -> tellLeftBehind(uri, why));
    }
    prepared.clear();
  }
}
