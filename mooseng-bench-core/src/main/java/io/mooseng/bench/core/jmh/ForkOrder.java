package io.mooseng.bench.core.jmh;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;

/**
 * In which order the targets of one group of cells are measured: random, and anew for every fork,
 * so that what drifts on the machine meets all of them alike. One seed gives one order everywhere.
 */
final class ForkOrder {

  private ForkOrder() {}

  /**
   * @param group number of the group of cells in its plan
   * @param fork number of the fork, from 0
   */
  static <T> List<T> of(List<T> cells, long seed, int group, int fork) {
    List<T> order = new ArrayList<>(cells);
    Collections.shuffle(order, new Random(Objects.hash(seed, group, fork)));
    return order;
  }
}
