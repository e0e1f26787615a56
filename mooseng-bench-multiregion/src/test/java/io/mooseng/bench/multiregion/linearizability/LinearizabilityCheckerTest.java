package io.mooseng.bench.multiregion.linearizability;

import static org.assertj.core.api.Assertions.assertThat;

import io.mooseng.bench.multiregion.history.Action;
import io.mooseng.bench.multiregion.history.Action.Create;
import io.mooseng.bench.multiregion.history.Action.Delete;
import io.mooseng.bench.multiregion.history.Action.Read;
import io.mooseng.bench.multiregion.history.Action.Told;
import io.mooseng.bench.multiregion.history.Action.Write;
import io.mooseng.bench.multiregion.history.History;
import io.mooseng.bench.multiregion.history.Operation;
import io.mooseng.bench.multiregion.linearizability.Histories.Fault;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LinearizabilityCheckerTest {

  private static final LinearizabilityChecker CHECKER = new LinearizabilityChecker();

  private static Operation operation(int process, Action action, long invoked, long returned) {
    return new Operation(process, "k", action, invoked, returned);
  }

  private static Verdict check(Operation... operations) {
    return CHECKER.check(new History(List.of(operations)));
  }

  @Test
  void agreesWithTheDefinitionOnArbitraryHistories() {
    assertAgreement(1_500);
  }

  @Test
  @Tag("acceptance")
  void agreesWithTheDefinitionOnTenThousandArbitraryHistories() {
    assertAgreement(10_000);
  }

  private static void assertAgreement(int histories) {
    int violations = 0;
    for (int seed = 0; seed < histories; seed++) {
      List<Operation> operations = Histories.arbitrary(seed);
      boolean expected = BruteForce.linearizable(operations);
      Verdict verdict = CHECKER.check(new History(operations));
      assertThat(verdict instanceof Verdict.Ok)
          .as("seed %d: %s", seed, operations)
          .isEqualTo(expected);
      if (verdict instanceof Verdict.Violation violation) {
        violations++;
        assertThat(BruteForce.linearizable(violation.witness())).as("seed %d", seed).isFalse();
      }
    }
    // Both answers are common, so that neither is right by chance.
    assertThat(violations).isBetween(histories / 5, histories * 9 / 10);
  }

  @Test
  void raisesNoFalseAlarm() {
    for (int seed = 0; seed < 1_000; seed++) {
      assertThat(CHECKER.check(Histories.valid(seed, 100, 4)))
          .as("seed %d", seed)
          .isInstanceOf(Verdict.Ok.class);
    }
  }

  @ParameterizedTest
  @EnumSource(Fault.class)
  void findsEveryPlantedFault(Fault fault) {
    for (int seed = 0; seed < 100; seed++) {
      Verdict verdict = CHECKER.check(Histories.faulty(seed, 400, 8, fault));
      assertThat(verdict).as("seed %d", seed).isInstanceOf(Verdict.Violation.class);
      List<Operation> witness = ((Verdict.Violation) verdict).witness();
      assertThat(witness.size()).as("seed %d: %s", seed, witness).isLessThanOrEqualTo(8);
      if (witness.size() <= 6) {
        assertThat(BruteForce.linearizable(witness)).isFalse();
      }
    }
  }

  /** What it costs is the number of configurations: the first order that is tried mostly fits. */
  @Test
  void tenThousandOperationsOnAHundredKeysCostFewConfigurations() {
    Verdict verdict = CHECKER.check(Histories.valid(7, 10_000, 100));
    assertThat(verdict).isInstanceOf(Verdict.Ok.class);
    assertThat(verdict.operations()).isEqualTo(10_000);
    assertThat(verdict.configurations()).isBetween(9_000L, 2_000_000L);
  }

  @Test
  void aStaleReadHasAWitnessOfThree() {
    Verdict verdict =
        check(
            operation(0, new Write(1), 0, 10),
            operation(1, Read.of(1), 11, 12),
            operation(0, new Write(2), 20, 30),
            operation(1, Read.of(2), 31, 32),
            operation(2, Read.of(1), 40, 50),
            operation(0, new Write(3), 60, 70),
            operation(1, Read.of(3), 80, 90));
    assertThat(verdict).isInstanceOf(Verdict.Violation.class);
    assertThat(((Verdict.Violation) verdict).witness())
        .extracting(Operation::action)
        .containsExactly(new Write(1), new Write(2), Read.of(1));
    assertThat(verdict.describe())
        .startsWith("violation on 'k': 3 of 7 operations are not linearizable: k write 1 by 0");
  }

  @Test
  void whatTimedOutMayTakeEffectAtAnyTimeLater() {
    Operation timedOut = operation(0, new Write(1), 0, Operation.PENDING);
    assertThat(
            check(
                timedOut,
                operation(1, new Write(2), 10, 20),
                operation(1, Read.of(2), 30, 40),
                operation(1, Read.of(1), 1_000, 1_010)))
        .isInstanceOf(Verdict.Ok.class);
    assertThat(
            check(timedOut, operation(1, Read.of(1), 30, 40), operation(1, Read.absent(), 50, 60)))
        .isInstanceOf(Verdict.Violation.class);
  }

  @Test
  void oneNameHasOneWinner() {
    Operation first = operation(0, new Create(1, Told.DONE), 0, 10);
    Operation second = operation(1, new Create(2, Told.DONE), 0, 10);
    assertThat(check(first, second)).isInstanceOf(Verdict.Violation.class);
    assertThat(check(first, second, operation(2, new Delete(Told.DONE), 5, 7)))
        .isInstanceOf(Verdict.Ok.class);
  }

  @Test
  void aSearchThatIsGivenUpSaysSo() {
    List<Operation> crowd = new ArrayList<>();
    for (int i = 0; i < 24; i++) {
      crowd.add(operation(i, new Write(i + 1), 0, 1_000));
    }
    for (int i = 0; i < 24; i++) {
      crowd.add(operation(100 + i, Read.of(i + 1), 0, 1_000));
    }
    crowd.add(operation(999, Read.of(77), 10, 20));
    Verdict verdict = new LinearizabilityChecker(5_000).check(new History(crowd));
    assertThat(verdict).isInstanceOf(Verdict.Unknown.class);
    assertThat(verdict.describe())
        .isEqualTo("unknown: the search on 'k' was given up after 5001 configurations");
  }

  @Test
  void theVerdictSaysWhatWasChecked() {
    assertThat(
            check(
                    operation(0, new Write(1), 0, 10),
                    operation(1, new Write(2), 5, Operation.PENDING))
                .describe())
        .isEqualTo("ok: 2 operations on 1 keys are linearizable, 1 of them of unknown outcome");
  }
}
