package io.mooseng.bench.core.machine.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mooseng.bench.core.machine.SystemFiles;
import io.mooseng.bench.core.machine.doctor.Check.Status;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class DoctorTest {

  private static final String ROOT_STATUS = "Uid:\t0\nCapEff:\t000001fffeffffff\nCapBnd:\t0\n";

  @TempDir Path root;

  @Test
  void examinesThisMachineAndLeavesNothingBehind() {
    List<Check> told = new ArrayList<>();
    List<Check> checks = Doctor.ofThisMachine(root).examine(told::add);
    assertThat(checks).isEqualTo(told);
    assertThat(checks.stream().map(Check::name)).doesNotHaveDuplicates();
    assertThat(checks).filteredOn(c -> c.name().equals("loopback")).hasSize(1);
    assertThat(root).isEmptyDirectory();
  }

  @Test
  void readsCapabilities() {
    assertThat(Capabilities.parse(ROOT_STATUS).netAdmin()).isTrue();
    assertThat(Capabilities.parse(ROOT_STATUS).sysAdmin()).isTrue();
    Capabilities netOnly = Capabilities.parse("CapEff:\t0000000000001000\n");
    assertThat(netOnly.netAdmin()).isTrue();
    assertThat(netOnly.sysAdmin()).isFalse();
    assertThat(Capabilities.parse("").netAdmin()).isFalse();
  }

  @Test
  void aHeldJmhLockIsSeenAndAFreeOneIsLeftFree() throws IOException {
    assertThat(DirectoryChecks.jmhLock(root).status()).isEqualTo(Status.OK);
    assertThat(root).isEmptyDirectory();
    Path lockFile = Files.createFile(root.resolve("jmh.lock"));
    assertThat(DirectoryChecks.jmhLock(root).status()).isEqualTo(Status.OK);
    try (FileChannel channel = FileChannel.open(lockFile, StandardOpenOption.WRITE);
        FileLock held = channel.lock()) {
      assertThat(held.isValid()).isTrue();
      assertThat(DirectoryChecks.jmhLock(root).finding()).contains("held");
    }
  }

  @Test
  void aMissingDirectorySaysHowToGetIt() {
    Check check = DirectoryChecks.directory(new SystemFiles(root), "store", root.resolve("absent"));
    assertThat(check.status()).isEqualTo(Status.MISSING);
    assertThat(check.howToGetIt()).startsWith("mkdir -p");
  }

  @Test
  void theCanaryTellsAQuietMachineFromANoisyOne() {
    AtomicLong clock = new AtomicLong();
    Check quiet =
        TimingChecks.noise(
            clock::get,
            n -> {
              clock.addAndGet(1000);
              return n + 1;
            });
    assertThat(quiet.status()).isEqualTo(Status.OK);
    Check noisy =
        TimingChecks.noise(
            clock::get,
            n -> {
              clock.addAndGet(n % 4 == 0 ? 1200 : 1000);
              return n + 1;
            });
    assertThat(noisy.status()).isEqualTo(Status.LIMITED);
    assertThat(noisy.finding()).contains("1.200");
  }

  @Test
  void aSlowClockIsNamed() {
    AtomicLong clock = new AtomicLong();
    assertThat(TimingChecks.clock(() -> clock.addAndGet(25)).finding()).contains("costs 25 ns");
    assertThat(TimingChecks.clock(() -> clock.addAndGet(900)).status()).isEqualTo(Status.LIMITED);
  }

  @Test
  void anOldJavaIsMissingAndACheckWithoutAWayOutIsRefused() {
    assertThat(HostChecks.java(11, "Someone", "11.0.2").status()).isEqualTo(Status.MISSING);
    assertThatThrownBy(() -> Check.missing("x", "is not there", ""))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
