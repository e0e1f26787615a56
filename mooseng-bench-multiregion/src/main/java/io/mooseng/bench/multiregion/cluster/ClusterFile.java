package io.mooseng.bench.multiregion.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import io.mooseng.bench.core.config.ConfigurationException;
import io.mooseng.bench.core.config.StrictYaml;
import io.mooseng.bench.core.config.YamlLines;
import io.mooseng.bench.core.config.YamlMapping;
import io.mooseng.bench.core.model.TimeText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Reads and writes the description of a cluster as YAML.
 *
 * <pre>{@code
 * name: mine
 * log: durable            # or memory
 * leader-lease: true
 * transactions: false
 * election: {least: 1s, most: 2s}
 * regions:
 *   us-east-1: {host: 10.0.0.1, port: 9422, raft-port: 9522}
 *   us-west-1: {host: 10.0.1.1, port: 9422, raft-port: 9522}
 *   ap-northeast-2: {host: 10.0.2.1, port: 9422, raft-port: 9522}
 * replicas:               # copies of chunks, by the region they are written in
 *   us-east-1: [us-west-1]
 * acknowledge: after-copies   # or before-copies
 * via:                    # only where links are emulated
 *   us-east-1:
 *     us-west-1: {host: 127.0.0.1, port: 40001, raft-port: 40002}
 * clients:                # the address to which clients bind that stand in a region
 *   us-east-1: 198.18.0.21
 * }</pre>
 */
public final class ClusterFile {

  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,31}");
  private static final String NAME_RULE =
      "a name of lower-case letters, digits and hyphens, from a letter";
  private static final List<String> KEYS =
      List.of(
          "name",
          "log",
          "leader-lease",
          "transactions",
          "election",
          "regions",
          "replicas",
          "acknowledge",
          "via",
          "clients");
  private static final String AFTER_COPIES = "after-copies";
  private static final List<String> ACKNOWLEDGEMENTS = List.of(AFTER_COPIES, "before-copies");
  private static final List<String> LOGS = List.of("memory", "durable");

  private ClusterFile() {}

  /**
   * Reads a description.
   *
   * @throws ConfigurationException in one line: file, key, value, what is accepted
   */
  public static ClusterDescription read(Path file) {
    String origin = "--cluster " + file;
    return parse(origin, StrictYaml.read(origin, file));
  }

  static ClusterDescription parse(String origin, String yaml) {
    JsonNode root = StrictYaml.parseMapping(origin, yaml, "a cluster");
    YamlMapping mapping = YamlMapping.of(origin, root, YamlLines.of(yaml), "").withOnly(KEYS);
    String name = mapping.value("name", NAME_RULE, ClusterFile::checkedName);
    String log = mapping.has("log") ? mapping.text("log") : "memory";
    if (!LOGS.contains(log)) {
      throw mapping.refused("log", String.join(" or ", LOGS));
    }
    String acknowledge = mapping.has("acknowledge") ? mapping.text("acknowledge") : AFTER_COPIES;
    if (!ACKNOWLEDGEMENTS.contains(acknowledge)) {
      throw mapping.refused("acknowledge", String.join(" or ", ACKNOWLEDGEMENTS));
    }
    boolean lease = !mapping.has("leader-lease") || mapping.flag("leader-lease");
    YamlMapping election =
        mapping.has("election")
            ? mapping.mapping("election").withOnly(List.of("least", "most"))
            : null;
    YamlMapping places = mapping.mapping("regions");
    List<Region> regions = new ArrayList<>();
    for (String region : places.keys()) {
      if (!NAME.matcher(region).matches()) {
        throw places.refused("region '" + region + "': accepted: " + NAME_RULE);
      }
      regions.add(region(places, region));
    }
    if (regions.size() < RttMatrix.LEAST_REGIONS || regions.size() > RttMatrix.MOST_REGIONS) {
      throw mapping.refused(
          "regions", "%d to %d regions".formatted(RttMatrix.LEAST_REGIONS, RttMatrix.MOST_REGIONS));
    }
    try {
      return new ClusterDescription(
          name,
          log.equals("durable"),
          lease,
          mapping.has("transactions") && mapping.flag("transactions"),
          election == null ? Duration.ofSeconds(1) : time(election, "least"),
          election == null ? Duration.ofSeconds(2) : time(election, "most"),
          regions,
          replicas(mapping, regions.stream().map(Region::name).toList()),
          acknowledge.equals(AFTER_COPIES),
          via(mapping, regions.stream().map(Region::name).toList()),
          clients(mapping, regions.stream().map(Region::name).toList()));
    } catch (ConfigurationException e) {
      throw e;
    } catch (IllegalArgumentException e) {
      throw new ConfigurationException(origin + ": " + e.getMessage());
    }
  }

  private static String checkedName(String text) {
    if (!NAME.matcher(text).matches()) {
      throw new IllegalArgumentException(text);
    }
    return text;
  }

  private static Duration time(YamlMapping mapping, String key) {
    return mapping.value(key, "a time such as 500ms or 2s", TimeText::parse);
  }

  private static Region region(YamlMapping places, String name) {
    YamlMapping place = places.mapping(name).withOnly(List.of("host", "port", "raft-port"));
    return new Region(
        name,
        place.text("host"),
        place.whole("port", 1, 65_535),
        place.whole("raft-port", 1, 65_535));
  }

  private static Map<String, List<String>> replicas(YamlMapping mapping, List<String> names) {
    if (!mapping.has("replicas")) {
      return Map.of();
    }
    Map<String, List<String>> replicas = new LinkedHashMap<>();
    YamlMapping chains = mapping.mapping("replicas").withOnly(names);
    for (String from : chains.keys()) {
      List<String> chain = chains.texts(from);
      if (chain.contains(from) || !names.containsAll(chain)) {
        throw chains.refused(from, "other regions than itself, of " + String.join(", ", names));
      }
      replicas.put(from, List.copyOf(chain));
    }
    return replicas;
  }

  private static Map<String, Map<String, Region>> via(YamlMapping mapping, List<String> names) {
    if (!mapping.has("via")) {
      return Map.of();
    }
    Map<String, Map<String, Region>> via = new LinkedHashMap<>();
    YamlMapping dialling = mapping.mapping("via").withOnly(names);
    for (String from : dialling.keys()) {
      YamlMapping others = dialling.mapping(from).withOnly(names);
      Map<String, Region> reached = new LinkedHashMap<>();
      others.keys().forEach(to -> reached.put(to, region(others, to)));
      via.put(from, Map.copyOf(reached));
    }
    return via;
  }

  private static Map<String, String> clients(YamlMapping mapping, List<String> names) {
    Map<String, String> clients = new LinkedHashMap<>();
    if (mapping.has("clients")) {
      YamlMapping hosts = mapping.mapping("clients").withOnly(names);
      hosts.keys().forEach(region -> clients.put(region, hosts.text(region)));
    }
    return clients;
  }

  /** Writes a description so that {@link #read} answers an equal one. */
  public static void write(ClusterDescription cluster, Path file) throws IOException {
    Files.writeString(file, text(cluster));
  }

  static String text(ClusterDescription cluster) {
    StringBuilder yaml = new StringBuilder();
    yaml.append("name: ").append(cluster.name()).append('\n');
    yaml.append("log: ").append(cluster.durableLog() ? "durable" : "memory").append('\n');
    yaml.append("leader-lease: ").append(cluster.leaderLease()).append('\n');
    yaml.append("transactions: ").append(cluster.transactions()).append('\n');
    yaml.append("election: {least: ")
        .append(cluster.electionLeast().toMillis())
        .append("ms, most: ");
    yaml.append(cluster.electionMost().toMillis()).append("ms}\n");
    yaml.append("regions:\n");
    cluster.regions().forEach(region -> yaml.append("  ").append(place(region)));
    if (!cluster.replicas().isEmpty()) {
      yaml.append("replicas:\n");
      for (String from : cluster.names()) {
        List<String> chain = cluster.replicas().getOrDefault(from, List.of());
        if (!chain.isEmpty()) {
          yaml.append("  ").append(from).append(": [").append(String.join(", ", chain));
          yaml.append("]\n");
        }
      }
    }
    if (!cluster.copiesFirst()) {
      yaml.append("acknowledge: before-copies\n");
    }
    if (!cluster.via().isEmpty()) {
      yaml.append("via:\n");
      for (String from : cluster.names()) {
        Map<String, Region> others = cluster.via().getOrDefault(from, Map.of());
        if (!others.isEmpty()) {
          yaml.append("  ").append(from).append(":\n");
          cluster.names().stream()
              .filter(others::containsKey)
              .forEach(to -> yaml.append("    ").append(place(others.get(to))));
        }
      }
    }
    if (!cluster.clients().isEmpty()) {
      yaml.append("clients:\n");
      cluster.names().stream()
          .filter(cluster.clients()::containsKey)
          .forEach(name -> yaml.append("  %s: %s%n".formatted(name, cluster.clients().get(name))));
    }
    return yaml.toString();
  }

  private static String place(Region region) {
    return region.name()
        + ": {host: "
        + region.host()
        + ", port: "
        + region.port()
        + ", raft-port: "
        + region.raftPort()
        + "}\n";
  }
}
