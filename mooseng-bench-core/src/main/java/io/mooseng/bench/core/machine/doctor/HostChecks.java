package io.mooseng.bench.core.machine.doctor;

import io.mooseng.bench.core.machine.CgroupLimits;
import io.mooseng.bench.core.machine.CpuPower;
import io.mooseng.bench.core.machine.SystemFiles;
import io.mooseng.bench.core.model.ByteSize;

/** The Java platform, the processors and the privileges of this process. */
final class HostChecks {

  private static final int LEAST_JAVA = 17;

  /** Client, server and the rest of the machine must not wait for each other. */
  private static final int COMFORTABLE_CORES = 4;

  private HostChecks() {}

  static Check java(int feature, String vendor, String version) {
    String finding = version + " (" + vendor + ")";
    return feature >= LEAST_JAVA
        ? Check.ok("java", finding)
        : Check.missing("java", finding, "install a JDK of version " + LEAST_JAVA + " or later");
  }

  static Check cores(SystemFiles files, int available, ByteSize maxHeap) {
    CgroupLimits limits = CgroupLimits.read(files);
    String finding =
        available
            + " cores for this program, heap up to "
            + (maxHeap.bytes() >> 20)
            + " MB"
            + limits.cpus().map(cpus -> ", limited to " + cpus + " CPUs").orElse("")
            + limits.memory().map(memory -> ", limited to " + memory + " of memory").orElse("");
    return available >= COMFORTABLE_CORES
        ? Check.ok("cores and memory", finding)
        : Check.limited(
            "cores and memory",
            finding,
            "use a machine with "
                + COMFORTABLE_CORES
                + " cores or more: client and server share these");
  }

  static Check privileges(SystemFiles files) {
    Capabilities capabilities = Capabilities.read(files);
    return capabilities.netAdmin() && capabilities.sysAdmin()
        ? Check.ok("privileges", "CAP_NET_ADMIN and CAP_SYS_ADMIN")
        : Check.limited(
            "privileges",
            capabilities.netAdmin() ? "CAP_NET_ADMIN only" : "an ordinary user",
            "run as root for the backends netem and tun; all else works as it is");
  }

  static Check governor(SystemFiles files) {
    CpuPower power = CpuPower.read(files);
    String turbo = power.turbo().map(state -> ", turbo " + state).orElse("");
    return power
        .governor()
        .map(
            governor ->
                governor.equals("performance")
                    ? Check.ok("cpu frequency", governor + turbo)
                    : Check.limited(
                        "cpu frequency",
                        governor + turbo,
                        "cpupower frequency-set -g performance (root)"))
        .orElseGet(() -> Check.ok("cpu frequency", "not ruled by this system" + turbo));
  }

  static Check pageCacheDrop(SystemFiles files) {
    return files.writable("/proc/sys/vm/drop_caches")
        ? Check.ok("page cache", "may be dropped by this user (not tried): cold reads are possible")
        : Check.limited(
            "page cache",
            "may not be dropped: reads are of cached pages, or direct",
            "run as root outside of a read-only /proc/sys");
  }
}
