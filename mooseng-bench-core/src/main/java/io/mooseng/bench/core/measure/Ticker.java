package io.mooseng.bench.core.measure;

/** A source of monotonic nanoseconds; virtual in simulated runs and in tests. */
@FunctionalInterface
public interface Ticker {

  /** The wall-independent clock of this machine. */
  Ticker SYSTEM = System::nanoTime;

  /** Nanoseconds since an arbitrary origin; never goes backwards. */
  long nanoTime();
}
