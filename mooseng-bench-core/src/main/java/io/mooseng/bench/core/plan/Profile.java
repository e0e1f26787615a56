package io.mooseng.bench.core.plan;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A named choice of cells and sizes.
 *
 * @param description one line for a person
 * @param sizes of every cell that does not say otherwise
 * @param selections which benchmarks at which parameters; a cell takes the first that matches, and
 *     is left out when none does
 */
public record Profile(String name, String description, Sizes sizes, List<Selection> selections) {

  /**
   * @param benchmark matched against class and method
   * @param parameters values to run instead of the declared ones
   * @param sizes instead of the profile's
   * @param first take only the first value of every parameter not named in {@code parameters}
   */
  public record Selection(
      Pattern benchmark, Map<String, List<String>> parameters, Sizes sizes, boolean first) {

    boolean matches(BenchmarkEntry entry) {
      return benchmark.matcher(entry.fullName()).find();
    }
  }

  public Profile {
    selections = List.copyOf(selections);
  }
}
