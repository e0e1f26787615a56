package io.mooseng.bench.core.plan;

import static io.mooseng.bench.core.plan.PlannerFixture.CONNECT;
import static io.mooseng.bench.core.plan.PlannerFixture.OF_PROFILE;
import static io.mooseng.bench.core.plan.PlannerFixture.READ;
import static io.mooseng.bench.core.plan.PlannerFixture.STAT;
import static io.mooseng.bench.core.plan.PlannerFixture.chosenBy;
import static io.mooseng.bench.core.plan.PlannerFixture.described;
import static io.mooseng.bench.core.plan.PlannerFixture.plan;
import static io.mooseng.bench.core.plan.PlannerFixture.profile;
import static io.mooseng.bench.core.plan.PlannerFixture.selection;
import static io.mooseng.bench.core.plan.Plans.ANNOTATED;
import static io.mooseng.bench.core.plan.Plans.benchmark;
import static io.mooseng.bench.core.plan.Plans.embedded;
import static org.assertj.core.api.Assertions.assertThat;

import io.mooseng.bench.core.config.ServerPlace;
import io.mooseng.bench.core.config.TlsFiles;
import io.mooseng.bench.core.target.OperationKind;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** How long what is planned takes: profiles, sizes of the user, annotations. */
class PlannerSizesTest {

  @Test
  void aProfileChoosesCellsAndSizes() {
    Sizes forReads = new Sizes(null, 7, null, null, null);
    Profile profile =
        profile(
            selection("Read", false, forReads, Map.of("size", List.of("64KB"))),
            selection("Metadata", true, Sizes.NONE, Map.of()));
    Plan plan = chosenBy(profile, Sizes.NONE, READ, STAT, CONNECT);
    assertThat(described(plan))
        .containsExactly(
            "ReadBenchmark.read inFlight=1 size=64KB target=embedded",
            "ReadBenchmark.read inFlight=8 size=64KB target=embedded",
            "MetadataBenchmark.stat target=embedded");
    assertThat(plan.cells().get(0).sizes()).isEqualTo(forReads.or(OF_PROFILE));
    assertThat(plan.cells().get(2).sizes()).isEqualTo(OF_PROFILE);
  }

  @Test
  void aProfileMayTakeOnlyTheFirstValues() {
    Profile profile = profile(selection("", true, Sizes.NONE, Map.of("size", List.of("1B", "2B"))));
    assertThat(described(chosenBy(profile, Sizes.NONE, READ)))
        .containsExactly(
            "ReadBenchmark.read inFlight=1 size=1B target=embedded",
            "ReadBenchmark.read inFlight=1 size=2B target=embedded");
  }

  @Test
  void withRegularExpressionsTheProfileStillDecidesTheSizes() {
    Sizes forReads = new Sizes(2, null, null, null, null);
    Profile profile = profile(selection("Read", true, forReads, Map.of()));
    Plan plan =
        Planner.plan(
            new PlanRequest(
                List.of(READ, STAT),
                Map.of(),
                Sizes.NONE,
                Optional.of(profile),
                Optional.empty(),
                List.of(embedded())));
    assertThat(plan.cells()).as("every declared value").hasSize(5);
    assertThat(plan.cells().get(0).sizes()).isEqualTo(forReads.or(OF_PROFILE));
    assertThat(plan.cells().get(4).sizes()).isEqualTo(OF_PROFILE);
  }

  @Test
  void whereForksDecideHowLongTheyWarmUpTheMostIsPlannedButNotForSchedules() {
    BenchmarkEntry load =
        Plans.scheduled(
            benchmark(
                "LoadBenchmark.read",
                OperationKind.READ,
                "rate=1000/s",
                "arrival=constant",
                "duration=1s"));
    PlanRequest request =
        new PlanRequest(
            List.of(STAT, load),
            Map.of(),
            new Sizes(2, 3, null, null, null),
            Optional.empty(),
            Optional.empty(),
            ServerPlace.PROCESS,
            TlsFiles.NONE,
            List.of(embedded()),
            LinkChoice.none(),
            Optional.of(50));
    assertThat(Planner.plan(request).cells())
        .extracting(cell -> cell.sizes().warmupIterations())
        .containsExactly(50, 3);
  }

  @Test
  void asSoonAsTheUserGivesASizeTheRestComesFromTheAnnotations() {
    Sizes user = new Sizes(9, null, null, null, Duration.ofSeconds(4));
    Plan plan =
        Planner.plan(
            new PlanRequest(
                List.of(STAT),
                Map.of(),
                user,
                Optional.empty(),
                Optional.of(profile(selection("", true, OF_PROFILE, Map.of()))),
                List.of(embedded())));
    assertThat(plan.cells().get(0).sizes())
        .isEqualTo(
            new Sizes(
                9,
                ANNOTATED.warmupIterations(),
                ANNOTATED.warmupTime(),
                ANNOTATED.iterations(),
                Duration.ofSeconds(4)));
  }
}
