package io.mooseng.bench.core.jmh;

import static io.mooseng.bench.core.plan.Plans.benchmark;
import static io.mooseng.bench.core.plan.Plans.embedded;
import static io.mooseng.bench.core.plan.Plans.simulated;
import static io.mooseng.bench.core.plan.Plans.target;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.mooseng.bench.core.config.RunSettings;
import io.mooseng.bench.core.config.SettingKey;
import io.mooseng.bench.core.machine.ceiling.Ceiling;
import io.mooseng.bench.core.machine.ceiling.CeilingKind;
import io.mooseng.bench.core.machine.ceiling.Ceilings;
import io.mooseng.bench.core.machine.ceiling.PlacedCeilings;
import io.mooseng.bench.core.measure.OperationRecorder;
import io.mooseng.bench.core.measure.OperationTrace;
import io.mooseng.bench.core.model.Fidelity;
import io.mooseng.bench.core.plan.Cell;
import io.mooseng.bench.core.plan.Plans;
import io.mooseng.bench.core.result.NetworkRecord;
import io.mooseng.bench.core.result.Plausibility;
import io.mooseng.bench.core.result.ResultRecord;
import io.mooseng.bench.core.target.OperationKind;
import io.mooseng.bench.core.target.ResolvedTarget;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RowJudgeTest {

  private static final double GENEROUS = 1e12;
  private static final NetworkRecord NO_LINK = NetworkRecord.none();

  private static RunSettings settings(SettingKey key, String value) {
    return RunSettings.parse(Map.of(key, List.of(value)));
  }

  private static RunSettings defaults() {
    return RunSettings.parse(Map.of());
  }

  /** Ceilings nothing reaches, but for one. */
  private static Ceilings ceilings(CeilingKind lowest, double value) {
    Map<CeilingKind, Ceiling> measured = new EnumMap<>(CeilingKind.class);
    for (CeilingKind kind : CeilingKind.values()) {
      measured.put(kind, new Ceiling(kind, List.of(kind == lowest ? value : GENEROUS)));
    }
    return new Ceilings(measured, Map.of());
  }

  private static Cell cell(OperationKind kind, ResolvedTarget target) {
    return Plans.cell(benchmark("SomeBenchmark.work", kind, "inFlight=1"), target);
  }

  private static NetworkRecord link(double rttMinMillis) {
    return NetworkRecord.of(
        "rtt",
        "relay",
        Map.of(),
        Map.of("rttMinMillis", rttMinMillis, "pings", 9),
        List.of(),
        List.of());
  }

  /** One operation a millisecond, 100 times: 1 GB/s if each moves 1 MB. */
  private static ResultRecord row(Cell cell, NetworkRecord network, long bytes) {
    return row(cell, network, bytes, 1);
  }

  private static ResultRecord row(Cell cell, NetworkRecord network, long bytes, int roundTrips) {
    OperationRecorder recorder = new OperationRecorder();
    OperationTrace trace = new OperationTrace();
    for (int i = 0; i < roundTrips; i++) {
      trace.roundTrip();
    }
    for (int i = 0; i < 100; i++) {
      recorder.success(i * 1_000_000L, (i + 1) * 1_000_000L, bytes, trace);
    }
    RowBuilder builder = new RowBuilder(cell);
    builder.network(network);
    builder.add(
        new ForkOutcome(
            Optional.empty(),
            new ForkLog.Content(
                List.of(recorder.drain()), Optional.empty(), List.of(), Optional.empty()),
            Optional.empty()));
    return builder.build();
  }

  private static Plausibility judged(
      Cell cell, RunSettings settings, CeilingKind lowest, double value) {
    return new RowJudge(PlacedCeilings.of(ceilings(lowest, value)), settings, OptionalInt.of(1))
        .judge(cell, row(cell, NO_LINK, 1_000_000))
        .plausibility();
  }

  private static Plausibility judged(Cell cell, CeilingKind lowest, double value) {
    return judged(cell, defaults(), lowest, value);
  }

  private static void assertHeldAgainst(CeilingKind kind, Cell cell, RunSettings settings) {
    Plausibility judged = judged(cell, settings, kind, 0.5e9);
    assertThat(judged.ceiling()).isEqualTo(kind.label());
    assertThat(judged.verdict()).isEqualTo(Plausibility.Verdict.IMPOSSIBLE);
    assertThat(judged.ratio()).isCloseTo(2, within(0.01));
  }

  private static void assertNotHeldAgainst(CeilingKind kind, Cell cell, RunSettings settings) {
    assertThat(judged(cell, settings, kind, 1).verdict())
        .as(kind.label())
        .isEqualTo(Plausibility.Verdict.PLAUSIBLE);
  }

  @Test
  void verdictsFollowTheRatio() {
    Cell read = cell(OperationKind.READ, embedded());
    assertThat(judged(read, CeilingKind.LOOPBACK_STREAM, 2e9).verdict())
        .isEqualTo(Plausibility.Verdict.PLAUSIBLE);
    assertThat(judged(read, CeilingKind.LOOPBACK_STREAM, 0.9e9).verdict())
        .isEqualTo(Plausibility.Verdict.SUSPICIOUS);
    assertThat(judged(read, CeilingKind.LOOPBACK_STREAM, 0.5e9).verdict())
        .isEqualTo(Plausibility.Verdict.IMPOSSIBLE);
  }

  @Test
  void eachTargetIsHeldAgainstItsOwnDisk() {
    Ceilings fast = ceilings(CeilingKind.DISK_READ_CACHED, 1.1e9);
    Ceilings slow = fast.in("t2", ceilings(CeilingKind.DISK_READ_CACHED, 0.5e9));
    PlacedCeilings ceilings = new PlacedCeilings(fast, Map.of("t2", slow));
    RowJudge judge = new RowJudge(ceilings, defaults(), OptionalInt.of(1));
    Cell one = cell(OperationKind.READ, target("t1", Fidelity.LIVE, "file:///fast"));
    Cell other = cell(OperationKind.READ, target("t2", Fidelity.LIVE, "file:///slow"));
    Plausibility plausible = judge.judge(one, row(one, NO_LINK, 1_000_000)).plausibility();
    Plausibility impossible = judge.judge(other, row(other, NO_LINK, 1_000_000)).plausibility();
    assertThat(plausible.ceiling()).isEqualTo("disk.read.cached");
    assertThat(plausible.verdict()).isEqualTo(Plausibility.Verdict.PLAUSIBLE);
    assertThat(impossible.ceiling()).isEqualTo("disk.read.cached@t2");
    assertThat(impossible.verdict()).isEqualTo(Plausibility.Verdict.IMPOSSIBLE);
    assertThat(ceilings.named()).containsKeys("disk.read.cached", "disk.read.cached@t2", "memcpy");
    assertThat(ceilings.named()).doesNotContainKey("memcpy@t2");
  }

  @Test
  void theControlIsBoundedByMemoryAlone() {
    Cell read = cell(OperationKind.READ, target("t1", Fidelity.CONTROL, "memory:/"));
    assertHeldAgainst(CeilingKind.MEMORY_COPY, read, defaults());
    assertNotHeldAgainst(CeilingKind.LOOPBACK_STREAM, read, defaults());
    assertNotHeldAgainst(CeilingKind.DISK_READ_CACHED, read, defaults());
  }

  @Test
  void theEmbeddedServerIsBoundedByLoopbackAndItsStore() {
    Cell read = cell(OperationKind.READ, embedded());
    Cell write = cell(OperationKind.WRITE, embedded());
    assertHeldAgainst(CeilingKind.LOOPBACK_STREAM, read, defaults());
    assertHeldAgainst(CeilingKind.DISK_READ_CACHED, read, defaults());
    assertHeldAgainst(CeilingKind.DISK_WRITE_CACHED, write, defaults());
    assertNotHeldAgainst(CeilingKind.DISK_WRITE_SYNCED, write, defaults());
    RunSettings fsync = settings(SettingKey.FSYNC, "true");
    assertHeldAgainst(CeilingKind.DISK_WRITE_SYNCED, write, fsync);
    assertNotHeldAgainst(CeilingKind.DISK_READ_DIRECT, read, fsync);
    RunSettings memory = settings(SettingKey.STORE, "memory");
    assertHeldAgainst(CeilingKind.LOOPBACK_STREAM, read, memory);
    assertNotHeldAgainst(CeilingKind.DISK_READ_CACHED, read, memory);
  }

  @Test
  void aLocalDirectoryIsBoundedByItsDisk() {
    ResolvedTarget file = target("t1", Fidelity.LIVE, "file:///tmp");
    RunSettings named = settings(SettingKey.TARGET, "file:///tmp");
    assertHeldAgainst(CeilingKind.DISK_READ_CACHED, cell(OperationKind.READ, file), named);
    assertNotHeldAgainst(CeilingKind.LOOPBACK_STREAM, cell(OperationKind.READ, file), named);
    RunSettings synced =
        RunSettings.parse(
            Map.of(SettingKey.TARGET, List.of("file:///tmp"), SettingKey.FSYNC, List.of("true")));
    assertHeldAgainst(CeilingKind.DISK_WRITE_SYNCED, cell(OperationKind.WRITE, file), synced);
  }

  @Test
  void aLiveServerIsBoundedOnlyIfItIsHere() {
    Cell here = cell(OperationKind.READ, target("t1", Fidelity.LIVE, "mooseng://127.0.0.1:9422"));
    assertHeldAgainst(CeilingKind.LOOPBACK_STREAM, here, defaults());
    // An address for documentation (RFC 5737).
    Cell far = cell(OperationKind.READ, target("t1", Fidelity.LIVE, "mooseng://192.0.2.1:9422"));
    assertThat(judged(far, CeilingKind.LOOPBACK_STREAM, 1)).isNull();
  }

  @Test
  void aModelOrTheHarnessItselfIsNotJudged() {
    assertThat(judged(cell(OperationKind.READ, simulated()), CeilingKind.LOOPBACK_STREAM, 1))
        .isNull();
    assertThat(judged(cell(OperationKind.HARNESS, null), CeilingKind.MEMORY_COPY, 1)).isNull();
  }

  @Test
  void concurrentStreamsMayUseEveryCore() {
    Cell read = Plans.cell(benchmark("B.read", OperationKind.READ, "inFlight=25"), embedded());
    int cores = Runtime.getRuntime().availableProcessors();
    int factor = Math.min(cores, 50);
    Plausibility judged =
        new RowJudge(
                PlacedCeilings.of(ceilings(CeilingKind.LOOPBACK_STREAM, 1e9)),
                defaults(),
                OptionalInt.of(2))
            .judge(read, row(read, NO_LINK, 1_000_000))
            .plausibility();
    assertThat(judged.ceiling())
        .isEqualTo(factor == 1 ? "loopback.stream" : "loopback.stream x " + factor);
    assertThat(judged.ratio()).isCloseTo(1.0 / factor, within(0.01));
  }

  @ParameterizedTest
  @EnumSource(
      value = OperationKind.class,
      names = {"HARNESS"},
      mode = EnumSource.Mode.EXCLUDE)
  void everyKindOfOperationCanBeJudged(OperationKind kind) {
    Cell cell = cell(kind, embedded());
    ResultRecord row = row(cell, link(2), 0);
    Plausibility judged =
        new RowJudge(
                PlacedCeilings.of(ceilings(CeilingKind.FSYNC, 1)), defaults(), OptionalInt.of(1))
            .judge(cell, row)
            .plausibility();
    if (kind == OperationKind.CONNECTION) {
      assertThat(judged).as("a relay answers handshakes from nearby").isNull();
    } else {
      assertThat(judged.ceiling()).isEqualTo("link.rtt");
      assertThat(judged.verdict()).isEqualTo(Plausibility.Verdict.IMPOSSIBLE);
    }
  }

  @Test
  void aLatencyAboveTheRoundTripOfTheLinkIsPlausible() {
    Cell cell = cell(OperationKind.RPC, embedded());
    Plausibility judged =
        new RowJudge(PlacedCeilings.of(Ceilings.NONE), defaults(), OptionalInt.of(1))
            .judge(cell, row(cell, link(0.5), 0))
            .plausibility();
    assertThat(judged.verdict()).isEqualTo(Plausibility.Verdict.PLAUSIBLE);
    assertThat(judged.ratio()).isCloseTo(0.5, within(0.01));
  }

  @Test
  void aCallThatWaitsForNoAnswerMayBeFasterThanTheLink() {
    Cell cell = cell(OperationKind.RPC, embedded());
    ResultRecord row = row(cell, link(2), 0, 0);
    assertThat(
            new RowJudge(PlacedCeilings.of(Ceilings.NONE), defaults(), OptionalInt.of(1))
                .judge(cell, row))
        .isSameAs(row);
  }

  @Test
  void withoutBytesOrALinkThereIsNothingToHoldARowAgainst() {
    Cell cell = cell(OperationKind.METADATA, embedded());
    ResultRecord row = row(cell, NO_LINK, 0);
    assertThat(
            new RowJudge(
                    PlacedCeilings.of(ceilings(CeilingKind.LOOPBACK_STREAM, 1)),
                    defaults(),
                    OptionalInt.of(1))
                .judge(cell, row))
        .isSameAs(row);
  }
}
