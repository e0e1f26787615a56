package io.mooseng.bench.core.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.mooseng.bench.core.model.ByteSize;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reads the texts of machines of different kinds. */
class MachineTextTest {

  @TempDir Path root;

  private SystemFiles files(String... pathsAndTexts) throws IOException {
    SystemFiles files = new SystemFiles(root);
    for (int i = 0; i < pathsAndTexts.length; i += 2) {
      Path path = files.path(pathsAndTexts[i]);
      Files.createDirectories(path.getParent());
      Files.writeString(path, pathsAndTexts[i + 1]);
    }
    return files;
  }

  private static String x86(int processor, int physical, int core) {
    return "processor\t: %d\nmodel name\t: Intel(R)  Xeon(R) CPU @ 2.20GHz\nphysical id\t: %d\ncore id\t\t: %d\n\n"
        .formatted(processor, physical, core);
  }

  @Test
  void countsCoresOfTwoSocketsWithHyperThreads() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 8; i++) {
      text.append(x86(i, i / 4, i % 2));
    }
    CpuInfo cpu = CpuInfo.parse(text.toString());
    assertThat(cpu.model()).contains("Intel(R) Xeon(R) CPU @ 2.20GHz");
    assertThat(cpu.logicalCores()).isEqualTo(OptionalInt.of(8));
    assertThat(cpu.physicalCores()).isEqualTo(OptionalInt.of(4));
  }

  @Test
  void namesAnArmProcessorByItsPartAndCountsItsCoresInSysfs() throws IOException {
    String block = "processor\t: %d\nCPU implementer\t: 0x41\nCPU part\t: 0xd0c\n\n";
    String topology = "/sys/devices/system/cpu/cpu%d/topology/thread_siblings_list";
    CpuInfo cpu =
        CpuInfo.read(
            files(
                "/proc/cpuinfo",
                block.formatted(0) + block.formatted(1),
                topology.formatted(0),
                "0\n",
                topology.formatted(1),
                "1\n"));
    assertThat(cpu.model()).contains("Neoverse-N1 (implementer 0x41, part 0xd0c)");
    assertThat(cpu.logicalCores()).isEqualTo(OptionalInt.of(2));
    assertThat(cpu.physicalCores()).isEqualTo(OptionalInt.of(2));
  }

  @Test
  void knowsNothingOfAMachineWithoutProc() {
    CpuInfo cpu = CpuInfo.parse("");
    assertThat(cpu.model()).isEmpty();
    assertThat(cpu.logicalCores()).isEmpty();
    assertThat(cpu.physicalCores()).isEmpty();
  }

  @Test
  void roundsMemorySoThatTwoBootsAreOneMachine() {
    ByteSize one = MemoryInfo.total("MemTotal:       24669120 kB\nMemFree: 1 kB").orElseThrow();
    ByteSize other = MemoryInfo.total("MemTotal:       24684084 kB").orElseThrow();
    assertThat(MemoryInfo.rounded(one)).isEqualTo(MemoryInfo.rounded(other));
    assertThat(MemoryInfo.rounded(one)).hasToString("24GB");
    assertThat(MemoryInfo.rounded(new ByteSize(512_400L << 10))).hasToString("500MB");
  }

  @Test
  void readsTheLimitsOfCgroupVersionTwoFromTheTightestAncestor() throws IOException {
    CgroupLimits limits =
        CgroupLimits.read(
            files(
                "/proc/self/cgroup", "0::/a/b\n",
                "/proc/self/mountinfo", "1 2 0:3 / /sys/fs/cgroup rw - cgroup2 cgroup2 rw\n",
                "/sys/fs/cgroup/a/b/cpu.max", "max 100000\n",
                "/sys/fs/cgroup/a/cpu.max", "150000 100000\n",
                "/sys/fs/cgroup/a/b/memory.max", "1073741824\n",
                "/sys/fs/cgroup/a/memory.max", "max\n"));
    assertThat(limits.cpus()).contains(1.5);
    assertThat(limits.memory()).contains(ByteSize.parse("1GB"));
  }

  @Test
  void readsTheLimitsOfCgroupVersionOneInAContainer() throws IOException {
    String mounts =
        """
        1 2 0:3 /docker/x /sys/fs/cgroup/memory rw - cgroup cgroup rw,memory
        1 2 0:4 /docker/x /sys/fs/cgroup/cpu rw - cgroup cgroup rw,cpu,cpuacct
        """;
    CgroupLimits limits =
        CgroupLimits.read(
            files(
                "/proc/self/cgroup", "4:memory:/docker/x\n3:cpu,cpuacct:/docker/x\n",
                "/proc/self/mountinfo", mounts,
                "/sys/fs/cgroup/memory/memory.limit_in_bytes", "9223372036854771712\n",
                "/sys/fs/cgroup/cpu/cpu.cfs_quota_us", "200000\n",
                "/sys/fs/cgroup/cpu/cpu.cfs_period_us", "100000\n"));
    assertThat(limits.cpus()).contains(2.0);
    assertThat(limits.memory()).isEmpty();
    assertThat(CgroupLimits.cpuQuota(Optional.of("-1"), Optional.of("100000"))).isEmpty();
  }

  @Test
  void knowsNoLimitsWithoutCgroups() {
    CgroupLimits limits = CgroupLimits.read(new SystemFiles(root));
    assertThat(limits).isEqualTo(new CgroupLimits(Optional.empty(), Optional.empty()));
  }

  @Test
  void findsTheMountByLongestPrefixAndTheDiskOfAPartition() throws IOException {
    String mounts =
        """
        1 0 254:0 / / rw shared:1 - ext4 /dev/vda rw
        2 1 8:1 / %s rw - xfs /dev/sda1 rw
        3 1 0:9 / /mnt/with\\040space rw - tmpfs tmpfs rw
        """
            .formatted(root.toRealPath());
    SystemFiles files =
        files(
            "/proc/self/mountinfo", mounts,
            "/sys/devices/sda/device/model", "Fast SSD  \n",
            "/sys/devices/sda/queue/rotational", "0\n",
            "/sys/devices/sda/sda1/partition", "1\n");
    Files.createDirectories(files.path("/sys/dev/block"));
    Files.createSymbolicLink(
        files.path("/sys/dev/block/8:1"), files.path("/sys/devices/sda/sda1").toAbsolutePath());
    DiskInfo disk = DiskInfo.read(files, root.resolve("not/yet/there"));
    assertThat(disk.fileSystem()).contains("xfs");
    assertThat(disk.device()).contains("/dev/sda1");
    assertThat(disk.model()).contains("Fast SSD");
    assertThat(disk.medium()).contains("solid-state");
    assertThat(MountTable.parse(mounts).of(Path.of("/mnt/with space/x")).orElseThrow().type())
        .isEqualTo("tmpfs");
    assertThat(MountTable.parse(mounts).of(Path.of("/mnt/within")).orElseThrow().type())
        .isEqualTo("ext4");
  }

  @Test
  void readsTurboOfBothKinds() throws IOException {
    String cpu = "/sys/devices/system/cpu/";
    assertThat(CpuPower.read(files(cpu + "cpufreq/boost", "0")).turbo()).contains("off");
    assertThat(CpuPower.read(files(cpu + "intel_pstate/no_turbo", "0")).turbo()).contains("on");
  }

  @Test
  void keepsFlagsOfTheUserOnlyAndNamesTheCollector() {
    JvmSettings settings =
        JvmSettings.of(
            List.of(
                "-Xmx2g",
                "-Dmooseng.target=x",
                "-XX:CompileCommandFile=/tmp/jmh123compilecommand",
                "-XX:SharedArchiveFile=/x/benchmarks.jsa",
                "-Xlog:cds+dynamic=off",
                "-XX:CompileCommandFile=/home/me/mine",
                "-XX:+UseZGC"),
            List.of("G1 Young Generation"));
    assertThat(settings.flags())
        .containsExactly("-Xmx2g", "-XX:CompileCommandFile=/home/me/mine", "-XX:+UseZGC");
    assertThat(settings.collector()).isEqualTo("ZGC");
    assertThat(JvmSettings.of(List.of(), List.of("PS Scavenge", "PS MarkSweep")).collector())
        .isEqualTo("Parallel");
    assertThat(JvmSettings.of(List.of(), List.of("Copy")).collector()).isEqualTo("Serial");
  }
}
