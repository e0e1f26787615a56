package io.mooseng.bench.core.workload.mix;

import io.mooseng.bench.core.random.SeededRandom;

/** What random numbers are drawn for. The order is part of what a seed means. */
enum Purpose {
  INITIAL_SIZE,
  KIND,
  POPULARITY,
  SIZE,
  OFFSET,
  DELETE;

  /**
   * @param number of the client, or of the file
   */
  SeededRandom random(long seed, long number) {
    return SeededRandom.of(seed, ordinal(), number);
  }
}
