package io.mooseng.bench.core.workload.mix;

import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * The directories of one client: a tree of equal depth everywhere, in whose leaves the files lie.
 *
 * @param root path of the directory that holds the tree
 * @param leaves how many directories hold files
 * @param depth levels from {@code root} to a leaf, at least 1
 * @param fanout most directories in a directory
 */
record DirectoryTree(String root, int leaves, int depth, int fanout) {

  /** The narrowest tree of this depth that has the leaves. */
  static DirectoryTree of(String root, int leaves, int depth) {
    int fanout = 1;
    while (power(fanout, depth) < leaves) {
      fanout++;
    }
    return new DirectoryTree(root, leaves, depth, fanout);
  }

  /** The directory of a leaf; leaves next to each other have the longest path in common. */
  String leaf(int leaf) {
    return path(leaf, depth);
  }

  /** Every directory with {@code root}, each after the one it lies in. */
  Stream<String> directories() {
    return Stream.concat(
        Stream.of(root), IntStream.rangeClosed(1, depth).boxed().flatMap(this::level));
  }

  private Stream<String> level(int level) {
    long leavesBelow = power(fanout, depth - level);
    long count = (leaves + leavesBelow - 1) / leavesBelow;
    return LongStream.range(0, count).mapToObj(number -> path(number, level));
  }

  /** The digits of {@code number} to the base {@code fanout}, a directory each. */
  private String path(long number, int level) {
    StringBuilder path = new StringBuilder(root);
    for (int below = level - 1; below >= 0; below--) {
      path.append("/d").append(number / power(fanout, below) % fanout);
    }
    return path.toString();
  }

  /** Saturates above what any number of leaves needs. */
  private static long power(long base, int exponent) {
    long power = 1;
    for (int i = 0; i < exponent && power <= Integer.MAX_VALUE; i++) {
      power *= base;
    }
    return power;
  }
}
