package io.mooseng.bench.core.machine.ceiling;

import java.util.Collection;

/** A limit of the machine that is measured. */
public enum CeilingKind {
  /** One thread copies 256 KiB that stay in its caches. */
  MEMORY_COPY("memcpy", CeilingUnit.BYTES_PER_SECOND),
  /** One thread writes a file sequentially; nothing is synced. */
  DISK_WRITE_CACHED("disk.write.cached", CeilingUnit.BYTES_PER_SECOND),
  /** One thread writes a file sequentially; the clock stops when the device has it. */
  DISK_WRITE_SYNCED("disk.write.synced", CeilingUnit.BYTES_PER_SECOND),
  /** One thread reads a file that the page cache holds. */
  DISK_READ_CACHED("disk.read.cached", CeilingUnit.BYTES_PER_SECOND),
  /** One thread reads a file past the page cache (O_DIRECT). */
  DISK_READ_DIRECT("disk.read.direct", CeilingUnit.BYTES_PER_SECOND),
  /** One TCP connection over loopback in one direction; nothing is checked or parsed. */
  LOOPBACK_STREAM("loopback.stream", CeilingUnit.BYTES_PER_SECOND),
  /** The median of one byte there and back over a loopback TCP connection. */
  LOOPBACK_RTT("loopback.rtt", CeilingUnit.NANOSECONDS),
  /** The median of making 4 KiB durable. */
  FSYNC("fsync", CeilingUnit.NANOSECONDS);

  private final String label;
  private final CeilingUnit unit;

  CeilingKind(String label, CeilingUnit unit) {
    this.label = label;
    this.unit = unit;
  }

  /** The name used in result files. */
  public String label() {
    return label;
  }

  public CeilingUnit unit() {
    return unit;
  }

  /** Whether it is a limit of a disk, and so another one in another place. */
  public boolean ofDisk() {
    return switch (this) {
      case DISK_WRITE_CACHED, DISK_WRITE_SYNCED, DISK_READ_CACHED, DISK_READ_DIRECT, FSYNC -> true;
      case MEMORY_COPY, LOOPBACK_STREAM, LOOPBACK_RTT -> false;
    };
  }

  /** The best of {@code samples}: the highest rate, the shortest time. */
  double best(Collection<Double> samples) {
    return samples.stream()
        .reduce(unit == CeilingUnit.BYTES_PER_SECOND ? Math::max : Math::min)
        .orElseThrow();
  }
}
