package io.mooseng.bench.core.machine;

import java.util.Optional;

/**
 * How the processor's frequency is ruled; empty where it is not this system's to rule (most virtual
 * machines).
 *
 * @param governor the policy of the first processor, such as {@code performance}
 * @param turbo {@code on} or {@code off}
 */
public record CpuPower(Optional<String> governor, Optional<String> turbo) {

  private static final String CPU = "/sys/devices/system/cpu/";

  public static CpuPower read(SystemFiles files) {
    Optional<String> turbo =
        files
            .read(CPU + "intel_pstate/no_turbo")
            .map(flag -> flag.equals("0") ? "on" : "off")
            .or(
                () ->
                    files.read(CPU + "cpufreq/boost").map(flag -> flag.equals("1") ? "on" : "off"));
    return new CpuPower(files.read(CPU + "cpu0/cpufreq/scaling_governor"), turbo);
  }
}
