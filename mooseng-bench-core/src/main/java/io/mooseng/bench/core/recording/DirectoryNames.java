package io.mooseng.bench.core.recording;

import java.util.HashMap;
import java.util.Map;

/**
 * Names within one directory in a trace. A replay knows of a file only what the trace says: so a
 * name that a file was given by other means than the operations of the trace must be one that no
 * operation used before. For one thread at a time.
 */
final class DirectoryNames {

  private static final String NUMBERED = "~";

  /** What a replay believes of a name that was used. */
  private enum Use {
    TAKEN,
    FREE
  }

  private final Map<String, Use> uses = new HashMap<>();

  /** The last number that was added to a name. */
  private final Map<String, Integer> numbers = new HashMap<>();

  /** What the next file of a name is called, where that is not the name itself. */
  private final Map<String, String> next = new HashMap<>();

  /** What a name is called under which there must be nothing. */
  private final Map<String, String> missing = new HashMap<>();

  /** A name that was never used; it is taken from now on. */
  String unused(String name) {
    String found = name;
    while (uses.putIfAbsent(found, Use.TAKEN) != null) {
      found = name + NUMBERED + (1 + numbers.merge(name, 1, Integer::sum));
    }
    return found;
  }

  /** A name under which there is nothing when the operations so far were performed. */
  String free(String name) {
    String found = next.getOrDefault(name, name);
    if (uses.get(found) == Use.TAKEN) {
      found = unused(name);
      next.put(name, found);
    }
    uses.put(found, Use.FREE);
    return found;
  }

  /** An operation gave a {@link #free} name to a file. */
  void take(String name) {
    uses.put(name, Use.TAKEN);
  }

  /** An operation took the name from its file. */
  void release(String name) {
    uses.put(name, Use.FREE);
  }

  /** A name that no file ever has. */
  String missing(String name) {
    String known = missing.get(name);
    if (known == null) {
      known = unused(name);
      missing.put(name, known);
    }
    return known;
  }
}
