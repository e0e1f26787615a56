package io.mooseng.bench.core.machine.ceiling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.mooseng.bench.core.machine.ceiling.Judgement.Verdict;
import io.mooseng.bench.core.machine.ceiling.Measured.Medium;
import io.mooseng.bench.core.machine.ceiling.Measured.Operation;
import io.mooseng.bench.core.machine.ceiling.Measured.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PlausibilityTest {

  private static final OptionalDouble NOTHING = OptionalDouble.empty();

  private static Ceilings ceilings() {
    Map<CeilingKind, Ceiling> map = new EnumMap<>(CeilingKind.class);
    put(map, CeilingKind.MEMORY_COPY, 100e9);
    put(map, CeilingKind.DISK_WRITE_CACHED, 10e9);
    put(map, CeilingKind.DISK_WRITE_SYNCED, 1e9);
    put(map, CeilingKind.DISK_READ_CACHED, 40e9);
    put(map, CeilingKind.LOOPBACK_STREAM, 5e9);
    return new Ceilings(map, Map.of(CeilingKind.DISK_READ_DIRECT, "no O_DIRECT"));
  }

  private static void put(Map<CeilingKind, Ceiling> map, CeilingKind kind, double best) {
    map.put(kind, new Ceiling(kind, List.of(best / 2, best, best / 3)));
  }

  private static Judgement judge(
      Operation operation, Path path, Medium medium, int streams, double bytesPerSecond) {
    return new Plausibility(ceilings(), 2)
        .judge(
            new Measured(
                operation,
                path,
                medium,
                streams,
                OptionalDouble.of(bytesPerSecond),
                NOTHING,
                NOTHING));
  }

  private static Judgement latency(Operation operation, Path path, double p50, double rtt) {
    return new Plausibility(ceilings(), 2)
        .judge(
            new Measured(
                operation,
                path,
                Medium.MEMORY,
                1,
                NOTHING,
                OptionalDouble.of(p50),
                OptionalDouble.of(rtt)));
  }

  @Test
  void theOriginalClaimOfSixAndAHalfTerabytesPerSecondIsImpossible() {
    for (Path path : List.of(Path.MEMORY, Path.LOCAL_FILE_SYSTEM, Path.LOOPBACK)) {
      assertThat(judge(Operation.READ, path, Medium.PAGE_CACHE, 64, 6.6e12).verdict())
          .isEqualTo(Verdict.IMPOSSIBLE);
    }
  }

  @Test
  void tellsPlausibleSuspiciousAndImpossibleApartAtTheirBounds() {
    assertThat(loopbackRpc(5e9).verdict()).isEqualTo(Verdict.PLAUSIBLE);
    assertThat(loopbackRpc(5.01e9).verdict()).isEqualTo(Verdict.SUSPICIOUS);
    assertThat(loopbackRpc(6.25e9).verdict()).isEqualTo(Verdict.SUSPICIOUS);
    assertThat(loopbackRpc(6.26e9).verdict()).isEqualTo(Verdict.IMPOSSIBLE);
  }

  private static Judgement loopbackRpc(double bytesPerSecond) {
    return judge(Operation.RPC, Path.LOOPBACK, Medium.MEMORY, 1, bytesPerSecond);
  }

  @Test
  void holdsARowAgainstTheLowestLimitOfItsOwnPathAndState() {
    assertThat(judge(Operation.WRITE, Path.LOOPBACK, Medium.DEVICE, 1, 2e9).ceiling())
        .isEqualTo("disk.write.synced");
    assertThat(judge(Operation.WRITE, Path.LOOPBACK, Medium.PAGE_CACHE, 1, 2e9).ceiling())
        .isEqualTo("loopback.stream");
    Judgement cached = judge(Operation.READ, Path.LOCAL_FILE_SYSTEM, Medium.PAGE_CACHE, 1, 20e9);
    assertThat(cached.ceiling()).isEqualTo("disk.read.cached");
    assertThat(cached.ratio().getAsDouble()).isCloseTo(0.5, within(1e-9));
  }

  @Test
  void severalStreamsMultiplyProcessorLimitsUpToTheCoresAndLeaveTheDevice() {
    Judgement many = judge(Operation.WRITE, Path.LOCAL_FILE_SYSTEM, Medium.DEVICE, 8, 15e9);
    assertThat(many.ceiling()).isEqualTo("disk.write.cached x 2");
    assertThat(many.verdict()).isEqualTo(Verdict.PLAUSIBLE);
  }

  @Test
  void fallsBackOnThePageCacheWhereTheDeviceWasNotMeasured() {
    assertThat(judge(Operation.READ, Path.LOCAL_FILE_SYSTEM, Medium.DEVICE, 1, 1e9).ceiling())
        .isEqualTo("disk.read.cached");
  }

  @Test
  void aLatencyBelowTheRoundTripOfItsLinkIsImpossible() {
    assertThat(latency(Operation.METADATA, Path.RELAY, 69e6, 70e6).verdict())
        .isEqualTo(Verdict.IMPOSSIBLE);
    assertThat(latency(Operation.METADATA, Path.RELAY, 70e6, 70e6).verdict())
        .isEqualTo(Verdict.PLAUSIBLE);
    assertThat(latency(Operation.CONNECTION, Path.PACKETS, 1e6, 70e6).verdict())
        .isEqualTo(Verdict.IMPOSSIBLE);
    assertThat(latency(Operation.CONNECTION, Path.RELAY, 1e6, 70e6).verdict())
        .isEqualTo(Verdict.NOT_JUDGED);
  }

  @Test
  void judgesNothingWithoutALimitAndSaysWhy() {
    Judgement remote = judge(Operation.READ, Path.REMOTE, Medium.UNKNOWN, 1, 1e15);
    assertThat(remote.verdict()).isEqualTo(Verdict.NOT_JUDGED);
    assertThat(remote.reason()).contains("remote");
    Measured metadata =
        new Measured(
            Operation.METADATA, Path.LOOPBACK, Medium.MEMORY, 1, NOTHING, NOTHING, NOTHING);
    assertThat(new Plausibility(ceilings(), 2).judge(metadata).reason()).contains("no bytes");
    Measured read =
        new Measured(
            Operation.READ, Path.MEMORY, Medium.MEMORY, 1, OptionalDouble.of(1), NOTHING, NOTHING);
    assertThat(new Plausibility(Ceilings.NONE, 2).judge(read).reason())
        .contains("memcpy was not measured");
  }

  @Test
  void moreBandwidthOrLessLatencyIsNeverMorePlausible() {
    SplittableRandom random = new SplittableRandom(42);
    Plausibility plausibility = new Plausibility(ceilings(), 2);
    for (int i = 0; i < 5000; i++) {
      Operation operation = any(random, Operation.values());
      Path path = any(random, Path.values());
      Medium medium = any(random, Medium.values());
      int streams = 1 + random.nextInt(8);
      double bandwidth = Math.pow(10, 8 + 5 * random.nextDouble());
      double latency = 1e6 * random.nextDouble();
      OptionalDouble rtt = OptionalDouble.of(1e6 * random.nextDouble());
      Measured row = row(operation, path, medium, streams, bandwidth, latency, rtt);
      double better = 1 + random.nextDouble();
      Measured faster = row(operation, path, medium, streams, bandwidth * better, latency, rtt);
      Measured sooner = row(operation, path, medium, streams, bandwidth, latency / better, rtt);
      Verdict verdict = plausibility.judge(row).verdict();
      assertThat(plausibility.judge(faster).verdict()).isGreaterThanOrEqualTo(verdict);
      assertThat(plausibility.judge(sooner).verdict()).isGreaterThanOrEqualTo(verdict);
    }
  }

  private static Measured row(
      Operation operation,
      Path path,
      Medium medium,
      int streams,
      double bandwidth,
      double latency,
      OptionalDouble rtt) {
    return new Measured(
        operation,
        path,
        medium,
        streams,
        OptionalDouble.of(bandwidth),
        OptionalDouble.of(latency),
        rtt);
  }

  private static <T> T any(SplittableRandom random, T[] values) {
    return values[random.nextInt(values.length)];
  }
}
