package io.mooseng.bench.core.recording;

import java.util.HashMap;
import java.util.Map;

/**
 * Names within one directory in a trace. A replay knows of a file only what the trace says: so a
 * name that a file was given by other means than the operations of the trace must be one that no
 * operation used before. For one thread at a time.
 *
 * <p>The first {@value #MOST_KNOWN} names are remembered. Whatever is asked for later gets a number
 * that no name of the directory had before, which needs no memory.
 */
final class DirectoryNames {

  /** A name and what is known of it take about 100 B: these, 2 MB. */
  static final int MOST_KNOWN = 20_000;

  private static final String NUMBERED = "~";

  /** What a replay believes of a name that was used. */
  private enum Use {
    TAKEN,
    FREE
  }

  private final Map<String, Use> uses = new HashMap<>();

  /** What the next file of a name is called, where that is not the name itself. */
  private final Map<String, String> next = new HashMap<>();

  /** What a name is called under which there must be nothing. */
  private final Map<String, String> missing = new HashMap<>();

  /** The last number that was added to a name. */
  private long number = 1;

  /** A name that was never used; it is taken from now on. */
  String unused(String name) {
    if (!isKnown(name) && haveRoom()) {
      uses.put(name, Use.TAKEN);
      return name;
    }
    String found = numbered(name);
    if (haveRoom()) {
      uses.put(found, Use.TAKEN);
    }
    return found;
  }

  private boolean isKnown(String name) {
    return uses.containsKey(name);
  }

  private boolean haveRoom() {
    return uses.size() < MOST_KNOWN;
  }

  private String numbered(String name) {
    String found;
    do {
      number++;
      found = name + NUMBERED + number;
    } while (isKnown(found));
    return found;
  }

  /** A name under which there is nothing when the operations so far were performed. */
  String free(String name) {
    String found = next.getOrDefault(name, name);
    Use use = uses.get(found);
    if (use == Use.FREE) {
      return found;
    }
    if (use == null && haveRoom()) {
      uses.put(found, Use.FREE);
      return found;
    }
    found = unused(name);
    if (isKnown(found)) {
      next.put(name, found);
      uses.put(found, Use.FREE);
    }
    return found;
  }

  /** An operation gave a {@link #free} name to a file. */
  void take(String name) {
    uses.replace(name, Use.TAKEN);
  }

  /** An operation took the name from its file. */
  void release(String name) {
    uses.replace(name, Use.FREE);
  }

  /** A name that no file ever has. */
  String missing(String name) {
    String known = missing.get(name);
    if (known == null) {
      known = unused(name);
      if (isKnown(known)) {
        missing.put(name, known);
      }
    }
    return known;
  }
}
