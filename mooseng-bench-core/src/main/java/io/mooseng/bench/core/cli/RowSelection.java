package io.mooseng.bench.core.cli;

import io.mooseng.bench.core.config.SettingKey;
import io.mooseng.bench.core.jmh.JmhCommand;
import io.mooseng.bench.core.pairs.PairedMeasurement;
import io.mooseng.bench.core.plan.Cell;
import io.mooseng.bench.core.result.ResultRecord;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The arguments of {@code run} that measure some of the rows that other arguments measured, in the
 * same way. Rows of one benchmark share their parameters' values, so that others may be measured
 * along.
 *
 * @param original arguments of {@code run}
 */
record RowSelection(List<String> original) implements PairedMeasurement.Selection {

  private static final String PARAMETER = "-p";
  private static final String EXCLUDE = "-e";

  RowSelection {
    original = List.copyOf(original);
  }

  @Override
  public List<String> argumentsFor(List<ResultRecord> open) {
    if (open.isEmpty()) {
      return original;
    }
    CommandLine line = CommandLine.divide(original);
    List<String> arguments = new ArrayList<>();
    line.settings()
        .forEach(
            (key, values) ->
                values.forEach(
                    value -> {
                      arguments.add(key.option());
                      if (key.valueLabel().isPresent()) {
                        arguments.add(value);
                      }
                    }));
    Map<String, Set<String>> parameters = parameters(open, line.settings().keySet());
    arguments.addAll(withoutSelection(line.jmh()));
    parameters.forEach(
        (name, values) -> {
          arguments.add(PARAMETER);
          arguments.add(name + "=" + String.join(",", values));
        });
    new TreeSet<>(open.stream().map(ResultRecord::qualifiedName).toList())
        .forEach(name -> arguments.add("^" + Pattern.quote(name) + "$"));
    return arguments;
  }

  /** Targets are named by our own option, and so are some parameters. */
  private static Map<String, Set<String>> parameters(
      List<ResultRecord> open, Set<SettingKey> settings) {
    Map<String, Set<String>> parameters = new LinkedHashMap<>();
    for (ResultRecord row : open) {
      row.params()
          .forEach(
              (name, value) ->
                  parameters.computeIfAbsent(name, n -> new LinkedHashSet<>()).add(value));
    }
    parameters.remove(Cell.TARGET_PARAMETER);
    settings.forEach(key -> parameters.remove(key.key()));
    return parameters;
  }

  /** JMH's options without regular expressions, exclusions and parameters. */
  private static List<String> withoutSelection(List<String> jmh) {
    List<String> kept = new ArrayList<>();
    for (int i = 0; i < jmh.size(); i++) {
      String token = jmh.get(i);
      boolean selects = token.startsWith(PARAMETER + "=") || token.startsWith(EXCLUDE + "=");
      if (!token.startsWith("-") || selects) {
        continue;
      }
      boolean takes = JmhCommand.takesArgument(token) && i + 1 < jmh.size();
      String argument = takes ? jmh.get(++i) : null;
      if (!token.equals(PARAMETER) && !token.equals(EXCLUDE)) {
        kept.add(token);
        if (takes) {
          kept.add(argument);
        }
      }
    }
    return kept;
  }
}
