package io.mooseng.bench.core.plan;

import static io.mooseng.bench.core.plan.Plans.benchmark;
import static io.mooseng.bench.core.plan.Plans.embedded;
import static io.mooseng.bench.core.plan.Plans.simulated;
import static io.mooseng.bench.core.plan.Plans.target;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.mooseng.bench.core.config.ConfigurationException;
import io.mooseng.bench.core.config.ServerPlace;
import io.mooseng.bench.core.config.TlsFiles;
import io.mooseng.bench.core.link.ChosenNetwork;
import io.mooseng.bench.core.link.LinkBackends;
import io.mooseng.bench.core.link.profile.LinkPath;
import io.mooseng.bench.core.link.profile.LinkPresets;
import io.mooseng.bench.core.model.Fidelity;
import io.mooseng.bench.core.target.OperationKind;
import io.mooseng.bench.core.target.ResolvedTarget;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LinkChoiceTest {

  private static final BenchmarkEntry READ = benchmark("ReadBenchmark.read", OperationKind.READ);
  private static final BenchmarkEntry REGION =
      benchmark("RegionBenchmark.call", OperationKind.RPC, "rtt=0ms,70ms");
  private static final BenchmarkEntry CONNECT =
      Plans.with(
          Trait.TIMES_TCP_CONNECT, benchmark("ConnectBenchmark.tcp", OperationKind.CONNECTION));
  private static final LinkPath WAN = LinkPath.of(LinkPresets.load().named("wan-70").orElseThrow());

  private static Plan plan(Optional<LinkPath> network, BenchmarkEntry entry, ResolvedTarget... to) {
    return plan(network, ServerPlace.PROCESS, entry, to);
  }

  private static Plan plan(
      Optional<LinkPath> network, ServerPlace server, BenchmarkEntry entry, ResolvedTarget... to) {
    LinkBackends backends = LinkBackends.load();
    return Planner.plan(
        new PlanRequest(
            List.of(entry),
            Map.of(),
            Sizes.NONE,
            Optional.empty(),
            Optional.empty(),
            server,
            TlsFiles.NONE,
            List.of(to),
            new LinkChoice(network, backends.named("relay").orElseThrow(), backends),
            Optional.empty()));
  }

  private static List<String> networks(Plan plan) {
    return plan.cells().stream()
        .map(cell -> cell.network().map(ChosenNetwork::label).orElse("none"))
        .toList();
  }

  private static void assertNothingToRun(String why, Runnable plan) {
    assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(plan::run)
        .withMessageStartingWith("nothing to run: ")
        .withMessageContaining(why);
  }

  @Test
  void everyCellWithSocketsIsBehindTheNetworkAskedFor() {
    Plan plan =
        plan(
            Optional.of(WAN),
            READ,
            embedded(),
            target("t1", Fidelity.LIVE, "mooseng://h:1"),
            target("t2", Fidelity.LIVE, "file:///tmp"),
            target("t3", Fidelity.CONTROL, "memory:/"));

    assertThat(networks(plan)).containsExactly("wan-70/relay", "wan-70/relay");
    assertThat(plan.notes()).hasSize(2).allMatch(note -> note.contains("nothing lies between"));
    assertThat(plan.cells().get(0).describe()).endsWith(" network=wan-70/relay");
  }

  @Test
  void aBenchmarkMayAskForALinkOfItsOwn() {
    assertThat(networks(plan(Optional.empty(), REGION, embedded())))
        .containsExactly("none", "rtt-70ms/relay");
    assertNothingToRun(
        "its parameter rtt asks for links of its own; leave --network out",
        () -> plan(Optional.of(WAN), REGION, embedded()));
  }

  @Test
  void withoutANetworkNothingChanges() {
    assertThat(networks(plan(Optional.empty(), READ, embedded()))).containsExactly("none");
    assertThat(networks(plan(Optional.empty(), CONNECT, embedded()))).containsExactly("none");
  }

  @Test
  void whatTimesAConnectIsRefusedByWhatDoesNotModelIt() {
    assertNothingToRun(
        "ConnectBenchmark.tcp is left out for target embedded: it times a TCP connect, which backend"
            + " relay does not model: the local kernel completes the connect at once; accepted: ",
        () -> plan(Optional.of(WAN), CONNECT, embedded()));
  }

  @Test
  void aModelHasNoLinkAndAServerInTheForkNoRoomForOne() {
    assertNothingToRun("a model has no link", () -> plan(Optional.of(WAN), READ, simulated()));
    assertThat(networks(plan(Optional.empty(), REGION, simulated()))).containsOnly("none");
    assertNothingToRun(
        "--server in-process leaves no room",
        () -> plan(Optional.of(WAN), ServerPlace.IN_PROCESS, READ, embedded()));
  }
}
