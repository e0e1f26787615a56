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
   * @param exceptions sizes of some values of a parameter, before all others
   * @param first take only the first value of every parameter not named in {@code parameters}
   */
  public record Selection(
      Pattern benchmark,
      Map<String, List<String>> parameters,
      Sizes sizes,
      List<SizeException> exceptions,
      boolean first) {

    /** The sizes this selection decides at one point of the parameters. */
    Sizes sizesAt(Map<String, String> point) {
      for (SizeException exception : exceptions) {
        if (exception.applies(point)) {
          return exception.sizes().or(sizes);
        }
      }
      return sizes;
    }

    boolean matches(BenchmarkEntry entry) {
      return benchmark.matcher(entry.fullName()).find();
    }
  }

  /** Sizes where a parameter has one of some values: slow operations need longer. */
  public record SizeException(String parameter, List<String> values, Sizes sizes) {
    boolean applies(Map<String, String> point) {
      return values.contains(point.get(parameter));
    }
  }

  public Profile {
    selections = List.copyOf(selections);
  }
}
