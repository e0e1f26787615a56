package io.mooseng.bench.core.machine.ceiling;

import java.io.IOException;
import java.time.Duration;

/** Measures one limit. Used by one thread; holds what all of its samples share. */
interface Probe extends AutoCloseable {

  /** Work in one go between two looks at the clock: large enough for its cost not to matter. */
  int CHUNK_BYTES = 256 << 10;

  double NANOS_PER_SECOND = 1e9;

  /**
   * Takes one sample.
   *
   * @param length how long the sample should take; a single unit of work may take longer
   * @return the value in the unit of the probe's kind
   * @throws IOException if this machine or directory cannot do it; the message says why
   */
  double sample(Duration length) throws IOException;

  @Override
  default void close() throws IOException {}
}
