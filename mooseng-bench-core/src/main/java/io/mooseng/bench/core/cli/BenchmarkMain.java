package io.mooseng.bench.core.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** The {@code main} of every benchmark: the program, restricted to one class. */
public final class BenchmarkMain {

  private BenchmarkMain() {}

  /**
   * Runs the benchmarks of one class as {@code run} would, and ends the program.
   *
   * @param args options of {@code run}
   */
  public static void run(Class<?> benchmark, String... args) {
    List<String> arguments = new ArrayList<>();
    arguments.add("run");
    arguments.addAll(List.of(args));
    arguments.add("^" + Pattern.quote(benchmark.getName()) + "\\.");
    Main.main(arguments.toArray(String[]::new));
  }
}
