package io.mooseng.bench.core.jmh;

import io.mooseng.bench.core.random.SeededRandom;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * In which order the targets of one group of cells are measured: random, and anew for every fork,
 * so that what drifts on the machine meets all of them alike. One seed gives one order everywhere.
 * (Fisher and Yates, as Durstenfeld has it, Algorithm 235, CACM 1964.)
 */
final class ForkOrder {

  private ForkOrder() {}

  /**
   * @param group number of the group of cells in its plan
   * @param fork number of the fork, from 0
   */
  static <T> List<T> of(List<T> cells, long seed, int group, int fork) {
    List<T> order = new ArrayList<>(cells);
    SeededRandom random = SeededRandom.of(seed, group, fork);
    for (int last = order.size() - 1; last > 0; last--) {
      Collections.swap(order, last, (int) random.nextBelow(last + 1L));
    }
    return order;
  }
}
