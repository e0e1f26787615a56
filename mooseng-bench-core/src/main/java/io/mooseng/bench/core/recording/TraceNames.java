package io.mooseng.bench.core.recording;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Which path each file has in a trace.
 *
 * <p>A replay derives from the operations alone which files there are and how large they are. What
 * happened to a file outside of them (set-up, clean-up, warm-up) it cannot know; a file that does
 * not agree with what a replay believes gets another name, as one that existed from the beginning.
 * So what is written never contradicts itself, whatever happened meanwhile. For one thread at a
 * time.
 */
final class TraceNames {

  /** What makes the names of directories different in every run. */
  private static final Pattern UNIQUE =
      Pattern.compile("-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$");

  private static final String SEPARATOR = "/";

  /**
   * The name of a file, or of a directory.
   *
   * @param place for which it was given
   * @param name within the directory of the place
   * @param size that a replay believes a file to have
   */
  record Name(Place place, String name, long size) {}

  private final TargetNode base;

  /**
   * @param base the directory of the run, from which paths count
   */
  TraceNames(TargetNode base) {
    this.base = base;
  }

  /** The path of a directory; empty for that of the run, none if it is not within that. */
  Optional<String> directory(TargetNode directory) {
    if (directory == base) {
      return Optional.of("");
    }
    if (directory.traced == null) {
      Place place = directory.place();
      if (place == null || directory(place.directory()).isEmpty()) {
        return Optional.empty();
      }
      String name = UNIQUE.matcher(place.name()).replaceFirst("");
      directory.traced = new Name(place, names(place).unused(name), 0);
    }
    return path(directory.traced);
  }

  private static DirectoryNames names(Place place) {
    TargetNode directory = place.directory();
    if (directory.names == null) {
      directory.names = new DirectoryNames();
    }
    return directory.names;
  }

  private Optional<String> path(Name name) {
    return path(name.place(), name.name());
  }

  private Optional<String> path(Place place, String name) {
    return directory(place.directory()).map(in -> in.isEmpty() ? name : in + SEPARATOR + name);
  }

  /** An operation has made a file. */
  Optional<String> made(TargetNode node, Place at, long size) {
    return placed(node, at, size);
  }

  private Optional<String> placed(TargetNode node, Place at, long size) {
    String name = names(at).free(at.name());
    names(at).take(name);
    node.traced = new Name(at, name, size);
    return path(node.traced);
  }

  /** An operation uses a file that was there before it, and had this size. */
  Optional<String> used(TargetNode node, Place at, long size) {
    if (node.traced == null || node.traced.size() != size) {
      node.traced = new Name(at, names(at).unused(at.name()), size);
    }
    return path(node.traced);
  }

  /** An operation has given a file that was {@link #used} another name. */
  Optional<String> moved(TargetNode node, Place to) {
    Name before = node.traced;
    Optional<String> path = placed(node, to, before.size());
    names(before.place()).release(before.name());
    return path;
  }

  /** An operation has changed the size of a file that was {@link #used}. */
  void resized(TargetNode node, long size) {
    node.traced = new Name(node.traced.place(), node.traced.name(), size);
  }

  /** An operation has deleted a file that was {@link #used}, or may have. */
  void deleted(TargetNode node) {
    names(node.traced.place()).release(node.traced.name());
    node.traced = null;
  }

  /** The path of the file there, if the operations so far say that it is there. */
  Optional<String> taken(Place place) {
    TargetNode node = place.directory().child(place.name());
    return node == null || node.traced == null || !node.traced.place().equals(place)
        ? Optional.empty()
        : path(node.traced);
  }

  /** A name for which nothing is known of what an operation did. */
  Optional<String> doubtful(Place place) {
    return path(place, names(place).unused(place.name()));
  }

  /** A path under which there is never a file. */
  Optional<String> missing(Place place) {
    return path(place, names(place).missing(place.name()));
  }
}
