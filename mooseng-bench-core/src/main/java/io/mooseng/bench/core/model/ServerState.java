package io.mooseng.bench.core.model;

import java.util.List;
import java.util.Map;

/**
 * What a server tells of itself at one moment.
 *
 * @param calls by method
 * @param gauges that go up and down
 */
public record ServerState(List<Calls> calls, List<Gauge> gauges) {

  public ServerState {
    calls = List.copyOf(calls);
    gauges = List.copyOf(gauges);
  }

  /**
   * Calls of one method that have ended.
   *
   * @param method {@code Service/Method}
   * @param boundsSeconds upper bounds of buckets, ascending
   * @param counts of calls by how long they took on the server, one more than there are bounds: the
   *     last is of those beyond
   * @param sumSeconds that all took together
   * @param byCode how many ended with a status, by its name
   */
  public record Calls(
      String method,
      List<Double> boundsSeconds,
      List<Long> counts,
      double sumSeconds,
      Map<String, Long> byCode) {

    public Calls {
      boundsSeconds = List.copyOf(boundsSeconds);
      counts = List.copyOf(counts);
      byCode = Map.copyOf(byCode);
    }
  }

  /**
   * A number that goes up and down.
   *
   * @param name in the terms of Prometheus, its unit last
   * @param help one sentence
   * @param labels besides those that every number of the server has
   */
  public record Gauge(String name, String help, Map<String, String> labels, double value) {

    public Gauge {
      labels = Map.copyOf(labels);
    }
  }
}
