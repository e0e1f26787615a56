package io.mooseng.bench.core.analysis.change;

import java.util.List;
import java.util.Optional;

/**
 * What was found in a series of logarithms.
 *
 * @param changes in ascending order; each is the index of the first value of a new level
 * @param suspect a change that is too new to be one
 * @param autocorrelation of neighbouring values about their levels, -1 to 1; 0 where there are too
 *     few
 * @param correlated whether values depend on their neighbours so much that the search took them for
 *     blocks; changes are then found later
 */
public record ChangePoints(
    List<Change> changes, Optional<Suspect> suspect, double autocorrelation, boolean correlated) {

  public ChangePoints {
    changes = List.copyOf(changes);
  }

  /**
   * A change of level.
   *
   * @param index of the first value of the new level
   * @param effect by how much its median is above that of the level before, as a share: 0.05 is 5 %
   *     more
   * @param p share of orders of the same values in which a split is at least as good
   */
  public record Change(int index, double effect, double p) {}

  /**
   * The last few values differ from their level, but are too few for a change.
   *
   * @param index of the first of them
   * @param effect by how much their mean is above that of the level before, as a share
   * @param p two-sided, for all lengths that were tried together
   */
  public record Suspect(int index, double effect, double p) {}

  /** The index at which the last level begins. */
  public int lastLevel() {
    return changes.isEmpty() ? 0 : changes.get(changes.size() - 1).index();
  }
}
