package io.mooseng.bench.core.plan;

import io.mooseng.bench.core.link.ChosenNetwork;
import io.mooseng.bench.core.link.LinkBackend;
import io.mooseng.bench.core.link.LinkBackends;
import io.mooseng.bench.core.link.profile.LinkEffect;
import io.mooseng.bench.core.link.profile.LinkPath;
import io.mooseng.bench.core.link.profile.LinkProfile;
import io.mooseng.bench.core.model.Fidelity;
import io.mooseng.bench.core.target.ResolvedTarget;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Which cells have an emulated link in front of their target, and which cannot have one.
 *
 * @param network what the user asked for, for every cell; empty: as benchmarks say
 * @param backend emulates it, and what benchmarks ask for
 * @param backends all there are, to say what would work
 */
public record LinkChoice(Optional<LinkPath> network, LinkBackend backend, LinkBackends backends) {

  /** No network for all; benchmarks that ask for a link get it from the relay. */
  public static LinkChoice none() {
    LinkBackends backends = LinkBackends.load();
    return new LinkChoice(Optional.empty(), backends.named("relay").orElseThrow(), backends);
  }

  /** A link that is known by its round-trip time alone. */
  public static LinkPath pathOf(Duration rtt) {
    String name =
        "rtt-" + BigDecimal.valueOf(rtt.toNanos(), 6).stripTrailingZeros().toPlainString() + "ms";
    return LinkPath.of(
        LinkProfile.symmetric(name, rtt, "the benchmark's parameter " + Cell.RTT_PARAMETER));
  }

  private static final List<String> WITHIN_BACKENDS = List.of("relay", "tun");

  /** Between the parts of a system that a benchmark starts: distances are its own affair. */
  private static final LinkPath WITHIN =
      LinkPath.of(
          LinkProfile.symmetric("distances", Duration.ZERO, "the benchmark's own parameters"));

  /** The network of a cell, if it is to have one. A model has its own idea of distance. */
  Optional<ChosenNetwork> of(Cell cell) {
    if (cell.target().isEmpty() || cell.isSimulated()) {
      return Optional.empty();
    }
    if (cell.benchmark().startsSystem()) {
      return Optional.of(new ChosenNetwork(network.orElse(WITHIN), backend));
    }
    Optional<LinkPath> own = cell.linkRtt().filter(rtt -> !rtt.isZero()).map(LinkChoice::pathOf);
    return network.or(() -> own).map(path -> new ChosenNetwork(path, backend));
  }

  /** Why a cell cannot have the network it is to have; empty if it can, or is to have none. */
  Optional<String> refusal(Cell cell, ResolvedTarget target, boolean serverInProcess) {
    if (network.isPresent() && cell.linkRtt().isPresent()) {
      return Optional.of("its parameter rtt asks for links of its own; leave --network out");
    }
    if (network.isPresent() && target.fidelity() == Fidelity.SIMULATED) {
      return Optional.of("a model has no link that could be emulated; leave --network out");
    }
    if (cell.network().isEmpty()) {
      return Optional.empty();
    }
    if (cell.benchmark().startsSystem()) {
      return WITHIN_BACKENDS.contains(backend.name())
          ? Optional.empty()
          : Optional.of(
              "backend %s does not join the parts of a system; accepted: --backend %s"
                  .formatted(backend.name(), String.join(" or ", WITHIN_BACKENDS)));
    }
    if (!target.hasSockets()) {
      return Optional.of("nothing lies between clients and target that a link could replace");
    }
    boolean embedded = target.fidelity() == Fidelity.EMBEDDED;
    if (embedded && serverInProcess) {
      return Optional.of("--server in-process leaves no room for a link before it");
    }
    if (!embedded && !backend.reachesAnyServer()) {
      return Optional.of(
          "backend %s reaches servers of the run only; accepted: --target embedded, or --backend relay"
              .formatted(backend.name()));
    }
    boolean timesConnect = cell.benchmark().traits().contains(Trait.TIMES_TCP_CONNECT);
    String why = backend.claims().notModelled().get(LinkEffect.TCP_CONNECT);
    return timesConnect && why != null
        ? Optional.of(
            "it times a TCP connect, which backend %s does not model: %s; accepted: %s"
                .formatted(backend.name(), why, backends.instead(LinkEffect.TCP_CONNECT)))
        : Optional.empty();
  }
}
