package io.mooseng.bench.core.report.html;

import io.mooseng.bench.core.report.HumanUnits;
import io.mooseng.bench.core.result.Ceiling;
import io.mooseng.bench.core.result.NetworkRecord;
import io.mooseng.bench.core.result.ResultRecord;
import io.mooseng.bench.core.result.RunRecord;
import io.mooseng.bench.core.result.TargetRecord;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** The machine, its ceilings, the targets, the networks and the settings of a run. */
final class EnvironmentTables {

  private EnvironmentTables() {}

  static void write(Html html, RunRecord run) {
    table(html, "Machine (must be equal for runs to be compared)", run.environment().hard());
    table(html, "Versions and state (a difference is a warning)", run.environment().soft());
    Map<String, String> ceilings = new TreeMap<>();
    run.ceilings().forEach((name, ceiling) -> ceilings.put(name, text(ceiling)));
    table(html, "Ceilings of this machine, measured in the run", ceilings);
    table(html, "Targets", targets(run));
    networks(html, run);
    Map<String, String> configuration = new TreeMap<>();
    run.configuration().forEach((name, value) -> configuration.put(name, String.valueOf(value)));
    table(html, "Settings", configuration);
  }

  private static String text(Ceiling ceiling) {
    if (ceiling.value() == null) {
      return "could not be measured";
    }
    return switch (ceiling.unit()) {
      case "B/s" -> HumanUnits.megabytes(ceiling.value()) + " MB/s";
      case "ns" -> HumanUnits.nanos(ceiling.value());
      default -> HumanUnits.number(ceiling.value()) + " " + ceiling.unit();
    };
  }

  private static Map<String, String> targets(RunRecord run) {
    Map<String, String> targets = new LinkedHashMap<>();
    for (ResultRecord row : run.results()) {
      TargetRecord target = row.target();
      targets.putIfAbsent(
          target.label(),
          ResultTable.fidelity(row.fidelity())
              + ", "
              + target.implementation()
              + (target.address() == null ? "" : ", " + target.address()));
    }
    return targets;
  }

  private static void networks(Html html, RunRecord run) {
    Map<String, NetworkRecord> networks = new LinkedHashMap<>();
    run.results().forEach(row -> networks.putIfAbsent(row.network().label(), row.network()));
    networks.forEach(
        (label, network) -> {
          Map<String, String> facts = new LinkedHashMap<>();
          network.requested().forEach((name, value) -> facts.put(name + ", asked", number(value)));
          network
              .measured()
              .forEach((name, value) -> facts.put(name + ", measured", number(value)));
          for (int i = 0; i < network.claims().size(); i++) {
            facts.put("how it works " + (i + 1), network.claims().get(i));
          }
          for (int i = 0; i < network.cannotClaim().size(); i++) {
            facts.put("cannot show " + (i + 1), network.cannotClaim().get(i));
          }
          table(html, "Network " + label, facts);
        });
  }

  private static String number(Object value) {
    return value == null ? "not measured" : String.valueOf(value);
  }

  private static void table(Html html, String title, Map<String, String> facts) {
    if (facts.isEmpty()) {
      return;
    }
    html.open("details").element("summary", title).open("table", "class", "facts").open("tbody");
    facts.forEach(
        (name, value) ->
            html.open("tr").element("th", name, "scope", "row").element("td", value).close());
    html.close().close().close().line();
  }
}
