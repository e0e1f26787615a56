package io.mooseng.bench.core.machine;

import io.mooseng.bench.core.model.ByteSize;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads {@code /proc/meminfo}. */
final class MemoryInfo {

  private static final Pattern TOTAL = Pattern.compile("(?m)^MemTotal:\\s*(\\d+) kB");
  private static final long MIB = 1L << 20;
  private static final long GIB = 1L << 30;

  private MemoryInfo() {}

  static Optional<ByteSize> total(String meminfo) {
    Matcher matcher = TOTAL.matcher(meminfo);
    return matcher.find()
        ? Optional.of(new ByteSize(Long.parseLong(matcher.group(1)) * 1024))
        : Optional.empty();
  }

  /**
   * The size rounded to whole GiB (to MiB below one): what the kernel reserves for itself differs
   * between boots of the same machine, which must not make it another machine.
   */
  static ByteSize rounded(ByteSize size) {
    long unit = size.bytes() < GIB ? MIB : GIB;
    return new ByteSize((size.bytes() + unit / 2) / unit * unit);
  }
}
