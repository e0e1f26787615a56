package io.mooseng.bench.core.machine.ceiling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mooseng.bench.core.model.ByteSize;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class CeilingMeterTest {

  @TempDir Path directory;

  @Test
  void measuresEveryKindOrSaysWhyNotAndLeavesNothingBehind() {
    List<String> progress = new ArrayList<>();
    Ceilings ceilings =
        new CeilingMeter(directory, Duration.ofMillis(300), progress::add).measure();

    Set<CeilingKind> all = EnumSet.copyOf(ceilings.measured().keySet());
    all.addAll(ceilings.unavailable().keySet());
    assertThat(all).containsExactlyInAnyOrder(CeilingKind.values());
    assertThat(ceilings.unavailable().keySet())
        .isSubsetOf(CeilingKind.DISK_READ_DIRECT); // the only one a file system may refuse
    assertThat(ceilings.measured().values())
        .allSatisfy(c -> assertThat(c.samples()).hasSize(CeilingMeter.SAMPLES));
    assertThat(progress).hasSize(CeilingKind.values().length);
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void aDirectoryThatIsNotThereCostsOnlyTheDisksCeilings() {
    Ceilings ceilings =
        new CeilingMeter(directory.resolve("absent"), Duration.ofMillis(50), line -> {}).measure();
    assertThat(ceilings.measured().keySet())
        .containsExactly(
            CeilingKind.MEMORY_COPY, CeilingKind.LOOPBACK_STREAM, CeilingKind.LOOPBACK_RTT);
    assertThat(ceilings.unavailable().get(CeilingKind.FSYNC)).contains("absent");
  }

  @Test
  void anotherDirectoryHasADiskOfItsOwnAndNothingElse() {
    List<String> progress = new ArrayList<>();
    Ceilings disk = new CeilingMeter(directory, Duration.ofMillis(50), progress::add).measureDisk();
    assertThat(disk.measured()).containsKey(CeilingKind.DISK_READ_CACHED);
    assertThat(disk.measured().keySet()).allMatch(CeilingKind::ofDisk);
    assertThat(progress).first().asString().startsWith("ceiling 1 of 5:");
  }

  @Test
  void refusesAFileThatTheFreeSpaceDoesNotAllow() {
    ByteSize huge = new ByteSize(Long.MAX_VALUE);
    assertThatThrownBy(() -> ScratchFile.create(directory, huge, huge))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("MB free");
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void theBestRateIsTheHighestAndTheBestTimeTheShortest() {
    List<Double> samples = List.of(3.0, 1.0, 2.0);
    assertThat(new Ceiling(CeilingKind.MEMORY_COPY, samples).value()).isEqualTo(3);
    assertThat(new Ceiling(CeilingKind.FSYNC, samples).value()).isEqualTo(1);
    assertThatThrownBy(() -> new Ceiling(CeilingKind.FSYNC, List.of(Double.NaN)))
        .hasMessageContaining("fsync");
  }

  @Test
  void theMedianIsExactBeyondTheFirstCapacity() {
    Durations durations = new Durations();
    for (long i = 10_001; i >= 1; i--) {
      durations.add(i);
    }
    assertThat(durations.median()).isEqualTo(5001);
  }
}
