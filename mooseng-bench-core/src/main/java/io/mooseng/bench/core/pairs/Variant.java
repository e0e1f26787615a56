package io.mooseng.bench.core.pairs;

import java.util.List;

/**
 * One of the two sides.
 *
 * @param name {@code a} or {@code b}; also that of its directory
 * @param command that starts a run of it, without what is to be run
 */
public record Variant(String name, List<String> command) {

  public Variant {
    command = List.copyOf(command);
  }
}
