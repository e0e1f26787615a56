package io.mooseng.bench.core.plan;

import static io.mooseng.bench.core.plan.PlannerFixture.CONNECT;
import static io.mooseng.bench.core.plan.PlannerFixture.OVERHEAD;
import static io.mooseng.bench.core.plan.PlannerFixture.READ;
import static io.mooseng.bench.core.plan.PlannerFixture.STAT;
import static io.mooseng.bench.core.plan.PlannerFixture.assertRefused;
import static io.mooseng.bench.core.plan.PlannerFixture.chosenBy;
import static io.mooseng.bench.core.plan.PlannerFixture.described;
import static io.mooseng.bench.core.plan.PlannerFixture.plan;
import static io.mooseng.bench.core.plan.PlannerFixture.profile;
import static io.mooseng.bench.core.plan.PlannerFixture.selection;
import static io.mooseng.bench.core.plan.Plans.benchmark;
import static io.mooseng.bench.core.plan.Plans.embedded;
import static io.mooseng.bench.core.plan.Plans.simulated;
import static io.mooseng.bench.core.plan.Plans.target;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.mooseng.bench.core.config.ConfigurationException;
import io.mooseng.bench.core.config.ServerPlace;
import io.mooseng.bench.core.config.TlsFiles;
import io.mooseng.bench.core.model.Fidelity;
import io.mooseng.bench.core.target.OperationKind;
import io.mooseng.bench.core.target.ResolvedTarget;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlannerTest {

  @Test
  void runsEveryCombinationOfValues() {
    assertThat(described(plan(List.of(READ), Map.of(), embedded())))
        .containsExactly(
            "ReadBenchmark.read inFlight=1 size=1KB target=embedded",
            "ReadBenchmark.read inFlight=8 size=1KB target=embedded",
            "ReadBenchmark.read inFlight=1 size=1MB target=embedded",
            "ReadBenchmark.read inFlight=8 size=1MB target=embedded");
  }

  @Test
  void cellsOfAGroupDifferInTheirTargetOnly() {
    ResolvedTarget control = target("t1", Fidelity.CONTROL, "memory:/");
    Plan plan = plan(List.of(READ, STAT), Map.of("inFlight", List.of("8")), control, embedded());
    assertThat(plan.groups()).hasSize(3);
    for (List<Cell> group : plan.groups()) {
      assertThat(group)
          .extracting(cell -> cell.target().orElseThrow())
          .containsExactly(control, embedded());
      assertThat(group)
          .extracting(cell -> cell.parameters().get("target"))
          .containsExactly("t1", "embedded");
      assertThat(group.get(0).parameters().get("size"))
          .isEqualTo(group.get(1).parameters().get("size"));
    }
  }

  @Test
  void theUsersValuesReplaceTheDeclaredOnes() {
    Plan plan =
        plan(
            List.of(READ, STAT),
            Map.of("size", List.of("3KB", "100MB"), "inFlight", List.of("2")),
            embedded());
    assertThat(described(plan))
        .containsExactly(
            "ReadBenchmark.read inFlight=2 size=3KB target=embedded",
            "ReadBenchmark.read inFlight=2 size=100MB target=embedded",
            "MetadataBenchmark.stat target=embedded");
  }

  @Test
  void aValueGivenTwiceIsOneRow() {
    Plan plan =
        plan(
            List.of(READ),
            Map.of("size", List.of("1KB", "1KB"), "inFlight", List.of("1")),
            embedded());
    assertThat(plan.cells()).hasSize(1);
  }

  @Test
  void aQuantityIsOneRowHoweverItIsWritten() {
    Plan plan =
        plan(
            List.of(READ),
            Map.of("size", List.of("1024B", "1kb", "1KB"), "inFlight", List.of("08")),
            embedded());
    assertThat(described(plan))
        .containsExactly("ReadBenchmark.read inFlight=8 size=1KB target=embedded");
  }

  /** Rows of runs that were made before there was this parameter stay the same rows. */
  @Test
  void theDefaultBackOffIsNoPartOfARow() {
    BenchmarkEntry connected =
        benchmark("ConcurrencyBenchmark.read", OperationKind.READ, "backOff=10ms");
    assertThat(described(plan(List.of(connected), Map.of(), embedded())))
        .containsExactly("ConcurrencyBenchmark.read target=embedded");
    assertThat(
            described(
                plan(List.of(connected), Map.of("backOff", List.of("0.01s", "20ms")), embedded())))
        .containsExactly(
            "ConcurrencyBenchmark.read target=embedded",
            "ConcurrencyBenchmark.read backOff=20ms target=embedded");
    assertRefused(
        List.of(connected),
        "backOff",
        "20",
        "-p backOff=20: accepted: a time from 1ms to 60s, such as 10ms or 1s");
  }

  @Test
  void theUserMayNarrowTheTargets() {
    ResolvedTarget control = target("t1", Fidelity.CONTROL, "memory:/");
    Plan plan = plan(List.of(STAT), Map.of("target", List.of("t1")), control, embedded());
    assertThat(described(plan)).containsExactly("MetadataBenchmark.stat target=t1");
    assertRefused(List.of(STAT), "target", "t7", "-p target=t7: accepted: embedded");
  }

  @Test
  void refusesUnknownParametersAndBadValues() {
    assertRefused(
        List.of(READ, STAT),
        "sise",
        "1KB",
        "-p sise=…: no selected benchmark has this parameter;"
            + " accepted: inFlight, size, target");
    assertRefused(
        List.of(OVERHEAD),
        "size",
        "1KB",
        "-p size=…: no selected benchmark has this parameter; accepted: none");
    assertRefused(
        List.of(READ), "inFlight", "0", "-p inFlight=0: accepted: a whole number from 1 to 10000");
  }

  @Test
  void targetsWithoutSocketsAreLeftOutWithANote() {
    ResolvedTarget file = target("t1", Fidelity.LIVE, "file:///tmp");
    Plan plan = plan(List.of(CONNECT, STAT), Map.of(), file, embedded());
    assertThat(described(plan))
        .containsExactly(
            "ConnectBenchmark.tcp target=embedded",
            "MetadataBenchmark.stat target=t1",
            "MetadataBenchmark.stat target=embedded");
    assertThat(plan.notes())
        .containsExactly("ConnectBenchmark.tcp is left out for target t1, which has no sockets");
  }

  @Test
  void aModelAnswersOnceHoweverManyModesJmhHas() {
    BenchmarkEntry statOnce =
        new BenchmarkEntry(
            STAT.className(),
            STAT.method(),
            "ss",
            STAT.parameters(),
            STAT.sizes(),
            STAT.kind(),
            Set.of(),
            1);
    Plan plan = plan(List.of(STAT, statOnce), Map.of(), simulated(), embedded());
    assertThat(plan.cells())
        .extracting(cell -> cell.benchmark().jmhMode() + " " + cell.parameters().get("target"))
        .containsExactly("avgt simulated", "avgt embedded", "ss embedded");
    assertThat(plan.notes()).isEmpty();
  }

  @Test
  void aScheduleTakesAsLongAsItsParametersSay() {
    BenchmarkEntry load =
        Plans.scheduled(
            benchmark(
                "LoadBenchmark.read",
                OperationKind.READ,
                "rate=1000/s",
                "arrival=constant",
                "duration=10s"));
    Map<String, List<String>> parameters =
        Map.of("rate", List.of("2000", "max(p99<20ms)"), "duration", List.of("3s"));
    Profile quick = Profiles.load().named("quick");
    Plan plan =
        Planner.plan(
            new PlanRequest(
                List.of(load),
                parameters,
                Sizes.NONE,
                Optional.of(quick),
                Optional.empty(),
                List.of(embedded())));
    assertThat(plan.cells())
        .extracting(Cell::sizes)
        .extracting(Sizes::warmupTime, Sizes::time)
        .containsExactly(
            tuple(Duration.ofSeconds(3), Duration.ofSeconds(3)),
            tuple(Duration.ofSeconds(3), Duration.ofSeconds(3 + 20)));
    assertThat(plan.cells())
        .extracting(Cell::sizes)
        .allSatisfy(sizes -> assertThat(sizes.iterations()).isEqualTo(load.sizes().iterations()))
        .allSatisfy(sizes -> assertThat(sizes.forks()).isEqualTo(1));
    assertThat(plan.cells().get(0).parameters()).containsEntry("rate", "2000/s");
  }

  @Test
  void aScheduleMustHaveEnoughOperationsToJudge() {
    BenchmarkEntry load =
        Plans.scheduled(
            benchmark(
                "LoadBenchmark.read",
                OperationKind.READ,
                "rate=max(p99.99<1s)",
                "arrival=constant",
                "duration=50ms"));
    assertThatThrownBy(() -> plan(List.of(load), Map.of(), embedded()))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage(
            "p99.99<1s cannot be judged by fewer than 100000 operations, and a schedule of 50ms has"
                + " at most 50000");
  }

  @Test
  void virtualTimeHasNoThreadsToOffer() {
    BenchmarkEntry race = Plans.concurrent(benchmark("RaceBenchmark.race", OperationKind.METADATA));
    Plan plan = plan(List.of(race, STAT), Map.of(), Plans.simulated(), embedded());
    assertThat(described(plan))
        .containsExactly(
            "RaceBenchmark.race target=embedded",
            "MetadataBenchmark.stat target=simulated",
            "MetadataBenchmark.stat target=embedded");
    assertThat(plan.notes())
        .containsExactly(
            "RaceBenchmark.race is left out for target simulated: it needs several client"
                + " threads, and virtual time has one");
  }

  private static List<String> notesOfTls(
      TlsFiles given, ServerPlace server, ResolvedTarget target) {
    BenchmarkEntry handshake =
        benchmark("TlsBenchmark.open", OperationKind.CONNECTION, "tls=off,server,mutual");
    PlanRequest request =
        new PlanRequest(
            List.of(handshake, CONNECT),
            Map.of(),
            Sizes.NONE,
            Optional.empty(),
            Optional.empty(),
            server,
            given,
            List.of(target),
            LinkChoice.none(),
            Optional.empty());
    return Planner.plan(request).notes();
  }

  @Test
  void theEmbeddedServerIsGivenItsOwnCertificates() {
    assertThat(notesOfTls(TlsFiles.NONE, ServerPlace.PROCESS, embedded())).isEmpty();
    assertThat(notesOfTls(TlsFiles.NONE, ServerPlace.IN_PROCESS, embedded()))
        .singleElement()
        .asString()
        .endsWith("--server in-process demands no certificates: tls=mutual cannot be");
  }

  @Test
  void whatIsMeasuredOverTlsNeedsTheFilesOfItsTarget(@TempDir Path directory) throws Exception {
    ResolvedTarget live = target("t1", Fidelity.LIVE, "mooseng://h:1");
    Path pem = Files.writeString(directory.resolve("a.pem"), "");
    Optional<Path> file = Optional.of(pem);
    assertThat(notesOfTls(TlsFiles.NONE, ServerPlace.PROCESS, live))
        .containsExactly(
            "TlsBenchmark.open is left out for target t1: tls=server needs --tls-ca",
            "TlsBenchmark.open is left out for target t1: tls=mutual needs --tls-ca");
    TlsFiles authority = new TlsFiles(file, Optional.empty(), Optional.empty());
    assertThat(notesOfTls(authority, ServerPlace.PROCESS, live))
        .containsExactly(
            "TlsBenchmark.open is left out for target t1: tls=off contradicts the --tls options",
            "TlsBenchmark.open is left out for target t1: tls=mutual needs --tls-cert and"
                + " --tls-key");
  }

  @Test
  void aModelHasNoConnections() {
    BenchmarkEntry handshake =
        Plans.with(
            Trait.OPENS_CONNECTIONS, benchmark("TlsBenchmark.handshake", OperationKind.CONNECTION));
    Plan plan = plan(List.of(handshake, CONNECT), Map.of(), Plans.simulated(), embedded());
    assertThat(plan.notes())
        .contains(
            "TlsBenchmark.handshake is left out for target simulated: it opens connections of its"
                + " own, and a model has none");
    assertThat(described(plan)).contains("TlsBenchmark.handshake target=embedded");
  }

  @Test
  void whatStartsItsSystemRunsOnlyWhereTheEmbeddedServerWouldAnswer() {
    BenchmarkEntry regions =
        Plans.with(Trait.STARTS_SYSTEM, benchmark("RegionBenchmark.write", OperationKind.METADATA));
    Plan plan =
        plan(
            List.of(regions),
            Map.of(),
            target("t1", Fidelity.LIVE, "mooseng://host:1"),
            Plans.simulated(),
            embedded());
    assertThat(described(plan))
        .containsExactly("RegionBenchmark.write target=embedded network=distances/relay");
    assertThat(plan.notes())
        .contains(
            "RegionBenchmark.write is left out for target t1: it starts the system it measures");
  }

  @Test
  void refusesToRunNothing() {
    assertThatThrownBy(
            () -> plan(List.of(CONNECT), Map.of(), target("t1", Fidelity.CONTROL, "memory:/")))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage(
            "nothing to run: ConnectBenchmark.tcp is left out for target t1,"
                + " which has no sockets");
    Profile nothing = profile(selection("NoSuchBenchmark", false, Sizes.NONE, Map.of()));
    assertThatThrownBy(() -> chosenBy(nothing, Sizes.NONE, READ))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage("nothing to run: the profile selects none of the matching benchmarks");
  }

  @Test
  void theHarnessItselfCannotBeSimulated() {
    Plan plan = plan(List.of(OVERHEAD, STAT), Map.of(), simulated());
    assertThat(described(plan)).containsExactly("MetadataBenchmark.stat target=simulated");
    assertThat(plan.notes())
        .containsExactly(
            "OverheadBenchmark.record is left out: it has no target that could be simulated");
    assertThat(described(plan(List.of(OVERHEAD), Map.of(), embedded())))
        .containsExactly("OverheadBenchmark.record");
  }

  @Test
  void aCellKnowsTheLinkItAsksFor() {
    BenchmarkEntry region = benchmark("RegionBenchmark.call", OperationKind.RPC, "rtt=72.7ms");
    assertThat(Plans.cell(region, embedded()).linkRtt()).contains(Duration.ofNanos(72_700_000));
    assertThat(Plans.cell(STAT, embedded()).linkRtt()).isEmpty();
  }
}
