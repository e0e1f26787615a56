package io.mooseng.bench.core.pairs;

import io.mooseng.bench.core.analysis.compare.CompareOptions;
import io.mooseng.bench.core.analysis.compare.ComparedRow;
import io.mooseng.bench.core.analysis.compare.Comparer;
import io.mooseng.bench.core.analysis.compare.Comparison;
import io.mooseng.bench.core.analysis.compare.NotComparableException;
import io.mooseng.bench.core.analysis.verdict.FamilyRule;
import io.mooseng.bench.core.analysis.verdict.SequentialFamily;
import io.mooseng.bench.core.analysis.verdict.SequentialRule;
import io.mooseng.bench.core.analysis.verdict.Verdict;
import io.mooseng.bench.core.result.Environment;
import io.mooseng.bench.core.result.ResultRecord;
import io.mooseng.bench.core.result.RowKey;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Measures two variants in turns, A B B A A B …, so that what drifts on the machine meets both
 * alike.
 *
 * <p>Without a fixed number of pairs each row is looked at after 6, 10, 14 and 20 of them, and is
 * measured no longer once it is decided; runs are narrowed to the rows that are not. Used by one
 * thread.
 */
public final class PairedMeasurement {

  /** A pair selects rows by its own arguments, and two builds may describe a row differently. */
  private static final Set<String> WORKLOAD = Set.of("workload.hash");

  private static final int LONGEST = SequentialRule.LOOKS.get(SequentialRule.LOOKS.size() - 1);

  /** Finds 5 % with noise of 3 % nine times in ten. */
  private static final int CONFIRMATION_PAIRS = 10;

  private final SideRuns a = new SideRuns("a");
  private final SideRuns b = new SideRuns("b");
  private final Variant variantA;
  private final Variant variantB;
  private final Path directory;
  private final Function<Environment, CompareOptions> options;
  private final Consumer<String> progress;
  private CompareOptions judged;
  private int runsMade;

  /** The arguments of a run that measures at least some rows, and few others. */
  @FunctionalInterface
  public interface Selection {

    /**
     * @param open rows that are to be measured; empty: all
     */
    List<String> argumentsFor(List<ResultRecord> open);
  }

  /**
   * @param directory where runs go; is made
   * @param options by the machine, which is known once the first run has ended
   * @param progress hears what is being measured, one line each
   */
  public PairedMeasurement(
      Variant variantA,
      Variant variantB,
      Path directory,
      Function<Environment, CompareOptions> options,
      Consumer<String> progress) {
    this.variantA = variantA;
    this.variantB = variantB;
    this.directory = directory;
    this.options = options;
    this.progress = progress;
  }

  /**
   * Measures and compares.
   *
   * @param pairs how many for every row; empty: as many as it takes, up to 20
   * @throws NotComparableException after the first pair, if the variants are not comparable
   */
  public Comparison measure(Selection selection, OptionalInt pairs) throws IOException {
    Set<RowKey> open = null;
    Comparison comparison = null;
    int most = pairs.orElse(LONGEST);
    for (int pair = 1; pair <= most && (open == null || !open.isEmpty()); pair++) {
      List<String> arguments =
          selection.argumentsFor(open == null ? List.of() : open.stream().map(b::latest).toList());
      String rows = open == null ? "" : ", " + open.size() + " rows open";
      progress.accept("pair " + pair + " of at most " + most + rows);
      measurePair(pair, arguments, Optional.ofNullable(open));
      if (open == null) {
        new Comparer(judged).requireComparable(a.joined().run(), b.joined().run());
        open = new LinkedHashSet<>(b.rows());
        open.retainAll(a.rows());
      }
      if (pairs.isPresent() ? pair == most : SequentialRule.LOOKS.contains(pair)) {
        comparison = compare(pairs.isPresent());
        if (pairs.isEmpty()) {
          open.removeAll(decided(comparison));
        }
      }
    }
    return comparison == null ? compare(pairs.isPresent()) : comparison;
  }

  /**
   * Measures the rows that seem to be worse once more, they alone, with fresh pairs; those that are
   * not found again are inconclusive. Of many rows some seem worse by chance: that the same ones do
   * so twice is rare.
   *
   * @param found what {@link #measure} answered
   */
  public Comparison confirm(Comparison found, Selection selection) throws IOException {
    List<ResultRecord> flagged =
        found.regressions().stream().map(ComparedRow::key).distinct().map(b::latest).toList();
    if (flagged.isEmpty()) {
      return found;
    }
    progress.accept("measuring again: " + flagged.size() + " rows that seem to be worse");
    PairedMeasurement fresh =
        new PairedMeasurement(
            variantA,
            variantB,
            directory.resolve("confirmation"),
            machine -> options.apply(machine).judgedBy(FamilyRule.CONFIRMATION),
            progress);
    Comparison again =
        fresh.measure(open -> selection.argumentsFor(flagged), OptionalInt.of(CONFIRMATION_PAIRS));
    runsMade += fresh.runsMade();
    return found.repeated(again);
  }

  private void measurePair(int pair, List<String> arguments, Optional<Set<RowKey>> wanted)
      throws IOException {
    boolean forward = pair % 2 == 1;
    List<Variant> order = forward ? List.of(variantA, variantB) : List.of(variantB, variantA);
    for (Variant variant : order) {
      List<String> command = new ArrayList<>(variant.command());
      command.addAll(arguments);
      Path run = ChildRun.run(command, directory.resolve("pairs").resolve(pair + variant.name()));
      runsMade++;
      SideRuns side = variant == variantA ? a : b;
      side.add(run, wanted);
      if (judged == null) {
        judged = options.apply(side.environment()).notComparing(WORKLOAD);
      }
    }
  }

  private Comparison compare(boolean fixed) {
    SequentialFamily looks = new SequentialFamily(Math.max(1, b.rows().size()));
    return new Comparer(fixed ? judged : judged.judgedBy(looks))
        .compare(a.joined(), b.joined(), true);
  }

  /** A row with several measures goes on until all of them are decided. */
  private static Set<RowKey> decided(Comparison comparison) {
    Set<RowKey> decided = new LinkedHashSet<>();
    comparison.rows().forEach(row -> decided.add(row.key()));
    comparison.rows().stream()
        .filter(PairedMeasurement::isOpen)
        .forEach(row -> decided.remove(row.key()));
    return decided;
  }

  /** What failed on either side, or has no values, is not going to get any. */
  private static boolean isOpen(ComparedRow row) {
    return row.verdict() == Verdict.INCONCLUSIVE && row.difference() != null;
  }

  /** Runs of both sides so far. */
  public int runsMade() {
    return runsMade;
  }

  /** Writes the joined runs of both sides, and answers where. */
  public List<Path> write() {
    return List.of(a.write(directory), b.write(directory));
  }
}
