package io.mooseng.bench.core.recording;

import io.mooseng.bench.core.model.FailureKind;
import io.mooseng.bench.core.workload.mix.FileOperation;
import io.mooseng.bench.core.workload.mix.OperationStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Says noted calls in the words of a trace, each after those that ended before it. For one thread
 * at a time.
 *
 * <p>A call that was refused because a name was taken comes after the one that took it, if that is
 * an operation, too: its client may have been told later.
 */
final class Transcription {

  /** Where lines go. */
  @FunctionalInterface
  interface Lines {

    /**
     * @param to for rename only
     * @param size of the file when the operation has succeeded, in bytes
     */
    void add(Noted call, String path, Optional<String> to, long size);
  }

  private final TraceNames names;
  private final Lines lines;

  /** Refused calls that wait; with more, the taker is believed to be no operation. */
  private static final int MOST_REFUSED = 10_000;

  /** Refused calls, by the name they wanted, of which nobody knows yet who took it. */
  private final Map<Place, List<Noted>> refused = new HashMap<>();

  private int waiting;

  /** How many calls of which sort traces cannot say. */
  private final Map<String, Long> unsaid = new TreeMap<>();

  Transcription(TraceNames names, Lines lines) {
    this.names = names;
    this.lines = lines;
  }

  /** How many calls of which sort were left out. */
  Map<String, Long> unsaid() {
    return unsaid;
  }

  void take(Noted call) {
    if (call.operation() == null) {
      leaveOut(call.what());
      return;
    }
    switch (call.operation()) {
      case CREATE, WRITE -> making(call);
      case LIST -> listing(call);
      case STAT_MISSING -> say(call, names.missing(call.at()), 0);
      default -> onFile(call);
    }
  }

  /** Who took the names of those that wait is not going to be known. */
  void end() {
    List<Noted> left = refused.values().stream().flatMap(List::stream).toList();
    refused.clear();
    waiting = 0;
    left.forEach(call -> refused(call, names.doubtful(wanted(call))));
  }

  private void making(Noted call) {
    if (call.failure().isEmpty()) {
      Optional<String> path = names.made(call.node(), call.at(), call.size());
      say(call, path, call.size());
      decided(call.at(), path);
    } else {
      failedToGet(call);
    }
  }

  private static Place wanted(Noted call) {
    return call.operation() == FileOperation.RENAME ? call.to() : call.at();
  }

  private void failedToGet(Noted call) {
    Place wanted = wanted(call);
    if (!call.failedAs(FailureKind.ALREADY_EXISTS)) {
      refused(call, names.doubtful(wanted));
      return;
    }
    // Asked once: other threads may be about to move what lies there.
    Optional<String> taken = names.taken(wanted);
    if (taken.isPresent()) {
      refused(call, taken);
    } else {
      refused.computeIfAbsent(wanted, place -> new ArrayList<>()).add(call);
      waiting++;
      if (waiting > MOST_REFUSED) {
        end();
      }
    }
  }

  /** An operation has taken a name, and those who came too late are told so. */
  private void decided(Place place, Optional<String> path) {
    List<Noted> late = refused.remove(place);
    if (late != null) {
      waiting -= late.size();
      late.forEach(call -> refused(call, path));
    }
  }

  private void refused(Noted call, Optional<String> wanted) {
    if (call.operation() == FileOperation.RENAME) {
      sayRename(call, names.used(call.node(), call.at(), call.size()), wanted);
    } else {
      say(call, wanted, call.size());
    }
  }

  private void listing(Noted call) {
    // The directory of the run itself has no path.
    say(call, names.directory(call.node()).filter(path -> !path.isEmpty()), 0);
  }

  private void onFile(Noted call) {
    if (call.node().isDirectory()) {
      leaveOut(call.what() + " of a directory");
    } else if (call.size() == TargetNode.UNKNOWN) {
      leaveOut(call.what() + " of a file of unknown size");
    } else if (beyondTheEnd(call)) {
      leaveOut(call.what() + " beyond the end of a file");
    } else if (call.operation() == FileOperation.RENAME) {
      renaming(call);
    } else {
      using(call);
    }
  }

  private static boolean beyondTheEnd(Noted call) {
    return switch (call.operation()) {
      case READ_RANGE, OVERWRITE ->
          call.offset() < 0 || call.length() > call.size() - call.offset();
      default -> false;
    };
  }

  private void renaming(Noted call) {
    if (call.failure().isPresent()) {
      failedToGet(call);
      return;
    }
    Optional<String> path = names.used(call.node(), call.at(), call.size());
    Optional<String> to = names.moved(call.node(), call.to());
    sayRename(call, path, to);
    decided(call.to(), to);
  }

  private void using(Noted call) {
    boolean done = call.failure().isEmpty();
    Optional<String> path = names.used(call.node(), call.at(), call.size());
    if (call.operation() == FileOperation.APPEND) {
      long longer = call.size() + call.length();
      say(call, path, longer);
      if (done) {
        names.resized(call.node(), longer);
      }
      return;
    }
    say(call, path, call.size());
    if (call.operation() == FileOperation.DELETE
        && call.failure().filter(OperationStream::leavesFileAsItWas).isEmpty()) {
      names.deleted(call.node());
    }
  }

  private void say(Noted call, Optional<String> path, long size) {
    if (path.isPresent()) {
      lines.add(call, path.get(), Optional.empty(), size);
    } else {
      leaveOutOutside(call);
    }
  }

  private void sayRename(Noted call, Optional<String> path, Optional<String> to) {
    if (path.isPresent() && to.isPresent()) {
      lines.add(call, path.get(), to, call.size());
    } else {
      leaveOutOutside(call);
    }
  }

  private void leaveOutOutside(Noted call) {
    leaveOut(call.what() + " outside of the directories of the run");
  }

  private void leaveOut(String sort) {
    unsaid.merge(sort, 1L, Long::sum);
  }
}
