package io.mooseng.bench.core.machine.doctor;

import io.mooseng.bench.core.machine.SystemFiles;
import java.util.Optional;

/** Whether the kernel was built with something. */
enum KernelOption {
  BUILT_IN,
  MODULE,
  ABSENT,
  /** The kernel's configuration is not published on this machine. */
  UNKNOWN;

  /**
   * Looks {@code name}, such as {@code NET_SCH_NETEM}, up in the running kernel's configuration.
   */
  static KernelOption read(SystemFiles files, String name) {
    Optional<String> release = files.read("/proc/sys/kernel/osrelease");
    return files
        .readGzip("/proc/config.gz")
        .or(() -> release.flatMap(version -> files.read("/boot/config-" + version)))
        .map(config -> parse(config, name))
        .orElse(UNKNOWN);
  }

  static KernelOption parse(String config, String name) {
    for (String line : config.lines().toList()) {
      if (line.equals("CONFIG_" + name + "=y")) {
        return BUILT_IN;
      }
      if (line.equals("CONFIG_" + name + "=m")) {
        return MODULE;
      }
    }
    return ABSENT;
  }
}
