package io.mooseng.bench.core.machine.doctor;

import io.mooseng.bench.core.machine.SystemFiles;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The effective capabilities of this process.
 *
 * @param bits {@code CapEff} of {@code /proc/self/status}; bit numbers are those of
 *     include/uapi/linux/capability.h
 */
record Capabilities(long bits) {

  private static final Pattern EFFECTIVE = Pattern.compile("(?m)^CapEff:\\s*([0-9a-fA-F]{1,16})$");
  private static final int NET_ADMIN = 12;
  private static final int SYS_ADMIN = 21;

  static Capabilities read(SystemFiles files) {
    return parse(files.read("/proc/self/status").orElse(""));
  }

  static Capabilities parse(String status) {
    Matcher matcher = EFFECTIVE.matcher(status);
    return new Capabilities(matcher.find() ? Long.parseUnsignedLong(matcher.group(1), 16) : 0);
  }

  /** May configure interfaces, routes and queueing disciplines. */
  boolean netAdmin() {
    return (bits >>> NET_ADMIN & 1) == 1;
  }

  /** May, among much else, create network namespaces. */
  boolean sysAdmin() {
    return (bits >>> SYS_ADMIN & 1) == 1;
  }
}
