package io.mooseng.bench.core.gate;

import com.fasterxml.jackson.databind.JsonNode;
import io.mooseng.bench.core.analysis.ForkValues;
import io.mooseng.bench.core.analysis.compare.CompareOptions;
import io.mooseng.bench.core.analysis.compare.Measure;
import io.mooseng.bench.core.analysis.compare.RowNames;
import io.mooseng.bench.core.config.ConfigurationException;
import io.mooseng.bench.core.config.StrictYaml;
import io.mooseng.bench.core.config.YamlLines;
import io.mooseng.bench.core.config.YamlMapping;
import io.mooseng.bench.core.model.Fidelity;
import io.mooseng.bench.core.result.Metric;
import io.mooseng.bench.core.result.ResultRecord;
import io.mooseng.bench.core.result.RunRecord;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * The limits of {@code budgets.yaml}: absolute ones, which a row keeps or breaks by itself, and
 * relative ones, which say from which change on a row is worse than the baseline. Of several
 * relative limits of one metric the first that covers a row counts.
 */
public final class Budgets {

  private static final String LIST = "budgets";
  private static final String DEFAULTS = "budgets.default.yaml";
  private static final List<String> KEYS =
      List.of(
          "name",
          "benchmark",
          "params",
          "fidelity",
          "network",
          "metric",
          "max",
          "min",
          "max-regression");

  private final List<Budget> budgets;

  private Budgets(List<Budget> budgets) {
    this.budgets = List.copyOf(budgets);
  }

  /** Those that ship with the program. */
  public static Budgets defaults() {
    return parse(DEFAULTS, defaultsText());
  }

  /** The text of {@code budgets.default.yaml}, to be copied and changed. */
  public static String defaultsText() {
    try (InputStream in = Budgets.class.getResourceAsStream(DEFAULTS)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Reads a file of the user's.
   *
   * @throws ConfigurationException in one line that names option, file, line, key and what is
   *     accepted
   */
  public static Budgets read(Path file) {
    String origin = "--budgets " + file;
    return parse(origin, StrictYaml.read(origin, file));
  }

  static Budgets parse(String origin, String text) {
    JsonNode root = StrictYaml.parseMapping(origin, text, LIST);
    YamlMapping file = YamlMapping.of(origin, root, YamlLines.of(text), "").withOnly(List.of(LIST));
    JsonNode list = root.path(LIST);
    if (!list.isArray() || list.isEmpty()) {
      throw file.refused(LIST, "a list of budgets");
    }
    List<Budget> budgets = new ArrayList<>();
    for (JsonNode node : list) {
      String where = origin + ": budget " + (budgets.size() + 1);
      budgets.add(budget(YamlMapping.of(where, node).withOnly(KEYS), budgets.size() + 1));
    }
    return new Budgets(budgets);
  }

  private static Budget budget(YamlMapping one, int number) {
    Budget budget =
        new Budget(
            one.has("name") ? one.text("name") : "budget " + number,
            one.has("benchmark")
                ? one.value("benchmark", "a regular expression", Budgets::pattern)
                : Pattern.compile(""),
            one.has("params") ? params(one.mapping("params")) : Map.of(),
            one.has("fidelity")
                ? Optional.of(
                    one.value(
                        "fidelity", "live, embedded, control or simulated", Budgets::fidelity))
                : Optional.empty(),
            one.has("network") ? Optional.of(one.text("network")) : Optional.empty(),
            one.text("metric"),
            limit(one, "max"),
            limit(one, "min"),
            one.has("max-regression")
                ? Optional.of(one.value("max-regression", "a share such as 3%", Budgets::share))
                : Optional.empty());
    if (!budget.isAbsolute() && budget.maxRegression().isEmpty()) {
      throw one.refused("it limits nothing; accepted: at least one of max, min, max-regression");
    }
    return budget;
  }

  private static Pattern pattern(String text) {
    try {
      return Pattern.compile(text);
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private static Fidelity fidelity(String label) {
    for (Fidelity fidelity : Fidelity.values()) {
      if (fidelity.label().equals(label)) {
        return fidelity;
      }
    }
    throw new IllegalArgumentException(label);
  }

  private static Map<String, String> params(YamlMapping mapping) {
    Map<String, String> params = new LinkedHashMap<>();
    mapping.keys().forEach(key -> params.put(key, mapping.text(key)));
    return params;
  }

  private static Optional<Limit> limit(YamlMapping one, String key) {
    return one.has(key)
        ? Optional.of(one.value(key, Limit.ACCEPTED, Limit::parse))
        : Optional.empty();
  }

  private static double share(String text) {
    Limit share = Limit.parse(text);
    if (!text.endsWith("%") || !(share.value() > 0 && share.value() < 1)) {
      throw new IllegalArgumentException(text);
    }
    return share.value();
  }

  /** What is compared of a row, and from which change on it matters. */
  public List<Measure> measures(ResultRecord base, ResultRecord candidate) {
    Map<String, Double> thresholds = new LinkedHashMap<>();
    for (Budget budget : budgets) {
      if (budget.maxRegression().isPresent() && budget.covers(candidate)) {
        String metric =
            budget.metric().equals(Budget.PRIMARY)
                ? CompareOptions.primaryMetric(base, candidate)
                : budget.metric();
        boolean there =
            base.metrics().containsKey(metric) && candidate.metrics().containsKey(metric);
        if (there) {
          thresholds.putIfAbsent(metric, budget.maxRegression().get());
        }
      }
    }
    List<Measure> measures = new ArrayList<>();
    thresholds.forEach((metric, threshold) -> measures.add(new Measure(metric, threshold)));
    return measures;
  }

  /**
   * Holds every row of a run against the absolute limits that cover it; rows without the metric are
   * left out.
   *
   * @throws ConfigurationException if a limit does not suit the metric's unit
   */
  public List<BudgetCheck> check(RunRecord run) {
    List<BudgetCheck> checks = new ArrayList<>();
    for (ResultRecord row : run.results()) {
      for (Budget budget : budgets) {
        if (budget.isAbsolute() && budget.covers(row)) {
          check(row, budget, checks);
        }
      }
    }
    return checks;
  }

  private static void check(ResultRecord row, Budget budget, List<BudgetCheck> checks) {
    String name =
        budget.metric().equals(Budget.PRIMARY) ? ForkValues.primaryMetric(row) : budget.metric();
    Metric metric = row.metrics().get(name);
    if (metric == null) {
      return;
    }
    budget.max().ifPresent(limit -> checks.add(check(row, budget, name, metric, "max", limit)));
    budget.min().ifPresent(limit -> checks.add(check(row, budget, name, metric, "min", limit)));
  }

  private static BudgetCheck check(
      ResultRecord row, Budget budget, String name, Metric metric, String side, Limit limit) {
    if (!limit.suits(metric.unit())) {
      throw new ConfigurationException(
          "%s: %s: %s: the unit of %s is %s; accepted: %s"
              .formatted(budget.name(), side, limit.text(), name, metric.unit(), Limit.ACCEPTED));
    }
    Boolean kept = null;
    if (metric.value() != null) {
      kept = side.equals("max") ? metric.value() <= limit.value() : metric.value() >= limit.value();
    }
    return new BudgetCheck(
        budget.name(),
        row.key(),
        RowNames.of(row.key()),
        name,
        metric.unit(),
        metric.value(),
        side + " " + limit.text(),
        kept);
  }
}
