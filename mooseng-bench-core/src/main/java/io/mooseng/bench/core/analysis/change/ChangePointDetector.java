package io.mooseng.bench.core.analysis.change;

import io.mooseng.bench.core.analysis.change.ChangePoints.Change;
import io.mooseng.bench.core.analysis.test.Sample;
import io.mooseng.bench.core.random.SeededRandom;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;

/**
 * Finds changes of level in a series of logarithms: e-divisive with a permutation test (see {@link
 * EnergySplit}), then levels that hardly differ are joined.
 *
 * <p>The same values and the same seed give the same answer, on every machine. Immutable; safe for
 * use by any number of threads.
 */
public final class ChangePointDetector {

  /** Only the latest values are looked at: the search takes n² per permutation. */
  public static final int MOST_VALUES = 200;

  /** A level has at least this many values. */
  public static final int LEAST_LEVEL = 5;

  private static final int PERMUTATIONS = 999;
  private static final double ALPHA = 0.01;

  /** From this correlation of neighbours on, permuting single values would see levels in noise. */
  private static final double MOST_AUTOCORRELATION = 0.3;

  private static final int BLOCK = 5;

  private final double leastEffect;

  private ChangePointDetector(double leastEffect) {
    this.leastEffect = leastEffect;
  }

  /** For the history of a metric: levels whose medians differ by less than 3 % are one. */
  public static ChangePointDetector ofHistory() {
    return new ChangePointDetector(0.03);
  }

  /**
   * @param leastEffect levels whose medians differ by less, as a share, are one
   */
  public static ChangePointDetector withLeastEffect(double leastEffect) {
    return new ChangePointDetector(leastEffect);
  }

  /** The seed for the series with this name. */
  public static long seedOf(String seriesKey) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(seriesKey.getBytes(StandardCharsets.UTF_8));
      return ByteBuffer.wrap(digest).getLong();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /**
   * Looks for changes.
   *
   * @param logs natural logarithms of a metric, oldest first; all of them finite. Of more than
   *     {@link #MOST_VALUES} the oldest are not looked at; indices count from the first one given
   * @throws IllegalArgumentException if a value is not finite
   */
  public ChangePoints detect(double[] logs, long seed) {
    for (double value : logs) {
      if (!Double.isFinite(value)) {
        throw new IllegalArgumentException("a value of the series is " + value);
      }
    }
    int offset = Math.max(0, logs.length - MOST_VALUES);
    double[] x = Arrays.copyOfRange(logs, offset, logs.length);
    TreeMap<Integer, Double> independent = search(x, 1, seed);
    double rho = autocorrelation(x, independent);
    boolean correlated = rho > MOST_AUTOCORRELATION;
    TreeMap<Integer, Double> found = correlated ? search(x, BLOCK, seed) : independent;
    prune(x, found);
    List<Change> changes = new ArrayList<>();
    found.forEach(
        (index, p) -> changes.add(new Change(index + offset, effectAt(x, found, index), p)));
    int level = found.isEmpty() ? 0 : found.lastKey();
    return new ChangePoints(
        changes, SuspectTail.of(x, level, offset, leastEffect), rho, correlated);
  }

  /** Splits again and again; the value is p. */
  private static TreeMap<Integer, Double> search(double[] x, int block, long seed) {
    TreeMap<Integer, Double> found = new TreeMap<>();
    split(x, 0, x.length, block, new SeededRandom(seed), found);
    return found;
  }

  private static void split(
      double[] x,
      int from,
      int to,
      int block,
      SeededRandom random,
      TreeMap<Integer, Double> found) {
    if (to - from < 2 * LEAST_LEVEL) {
      return;
    }
    double[] part = Arrays.copyOfRange(x, from, to);
    double[] rowSums = EnergySplit.rowSums(part);
    EnergySplit best = EnergySplit.best(part, rowSums, LEAST_LEVEL);
    if (to == x.length && best.at() == part.length - LEAST_LEVEL) {
      int unbounded = EnergySplit.best(part, rowSums, 1).at();
      if (unbounded > best.at()) {
        // What differs is the last few values, too few for a level: see SuspectTail.
        split(x, from, from + unbounded, block, random, found);
        return;
      }
    }
    double p = permutationP(part, rowSums, best.q(), block, random);
    if (p <= ALPHA) {
      found.put(from + best.at(), p);
      split(x, from, from + best.at(), block, random, found);
      split(x, from + best.at(), to, block, random, found);
    }
  }

  /**
   * Share of orders in which the best split is at least as good, the given order included. It stops
   * as soon as the share is certain to be above {@link #ALPHA} (J. Besag, P. Clifford,
   * <i>Sequential Monte Carlo p-values</i>, Biometrika 78, 1991): the decision is that of all
   * permutations.
   */
  private static double permutationP(
      double[] x, double[] rowSums, double q, int block, SeededRandom random) {
    int most = (int) Math.floor(ALPHA * (PERMUTATIONS + 1)) - 1;
    int asGood = 0;
    int[] order = new int[(x.length + block - 1) / block];
    Arrays.setAll(order, i -> i);
    double[] permuted = new double[x.length];
    double[] permutedSums = new double[x.length];
    for (int r = 1; r <= PERMUTATIONS; r++) {
      shuffle(order, random);
      int at = 0;
      for (int one : order) {
        for (int i = one * block; i < Math.min(x.length, (one + 1) * block); i++) {
          permuted[at] = x[i];
          permutedSums[at++] = rowSums[i];
        }
      }
      // Sums of the same distances in another order differ by rounding.
      if (EnergySplit.best(permuted, permutedSums, LEAST_LEVEL).q() >= q - 1e-12 * Math.abs(q)) {
        asGood++;
      }
      if (asGood > most) {
        return (1.0 + asGood) / (1 + r);
      }
    }
    return (1.0 + asGood) / (1 + PERMUTATIONS);
  }

  private static void shuffle(int[] order, SeededRandom random) {
    for (int i = order.length - 1; i > 0; i--) {
      int j = (int) random.nextBelow(i + 1);
      int moved = order[i];
      order[i] = order[j];
      order[j] = moved;
    }
  }

  /** Of neighbours, about the mean of their level. */
  private static double autocorrelation(double[] x, TreeMap<Integer, Double> changes) {
    double products = 0;
    double squares = 0;
    int from = 0;
    List<Integer> ends = new ArrayList<>(changes.keySet());
    ends.add(x.length);
    for (int to : ends) {
      double mean = Arrays.stream(x, from, to).average().orElse(0);
      for (int i = from; i < to; i++) {
        squares += (x[i] - mean) * (x[i] - mean);
        products += i == from ? 0 : (x[i] - mean) * (x[i - 1] - mean);
      }
      from = to;
    }
    return x.length < 2 * LEAST_LEVEL || squares == 0 ? 0 : products / squares;
  }

  /** Joins the two neighbours that differ least, until all differ enough. */
  private void prune(double[] x, TreeMap<Integer, Double> changes) {
    while (!changes.isEmpty()) {
      int weakest =
          changes.keySet().stream()
              .min(
                  (one, other) ->
                      Double.compare(
                          Math.abs(effectAt(x, changes, one)),
                          Math.abs(effectAt(x, changes, other))))
              .orElseThrow();
      if (Math.abs(effectAt(x, changes, weakest)) >= leastEffect) {
        return;
      }
      changes.remove(weakest);
    }
  }

  private static double effectAt(double[] x, TreeMap<Integer, Double> changes, int index) {
    Integer before = changes.lowerKey(index);
    Integer after = changes.higherKey(index);
    double left = Sample.median(Arrays.copyOfRange(x, before == null ? 0 : before, index));
    double right = Sample.median(Arrays.copyOfRange(x, index, after == null ? x.length : after));
    return StrictMath.expm1(right - left);
  }
}
