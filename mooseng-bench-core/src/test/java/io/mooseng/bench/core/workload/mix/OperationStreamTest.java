package io.mooseng.bench.core.workload.mix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.mooseng.bench.core.model.FailureKind;
import io.mooseng.bench.core.random.Fit;
import io.mooseng.bench.core.random.SeededRandom;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class OperationStreamTest {

  private static final int OPERATIONS = 100_000;

  /** Where every operation is checked against a file system. */
  private static final int CHECKED_OPERATIONS = 30_000;

  static Collection<Workload> builtIn() {
    return Workloads.load(Optional.empty()).all();
  }

  static List<Popularity> popularities() {
    return List.of(
        new Popularity.Uniform(),
        new Popularity.Zipf(0.9),
        new Popularity.Latest(0.9),
        new Popularity.Sequential());
  }

  private static OperationStream stream(Workload workload, long seed) {
    return new WorkloadPlan(workload, seed, 1).stream(0);
  }

  private static List<PlannedOperation> succeeding(OperationStream stream, int count) {
    return Stream.generate(
            () -> {
              PlannedOperation operation = stream.next();
              stream.succeeded(operation);
              return operation;
            })
        .limit(count)
        .toList();
  }

  @ParameterizedTest
  @MethodSource("builtIn")
  void realisesTheMix(Workload workload) {
    OperationStream stream = stream(workload, 3);
    long[] counts = new long[FileOperation.values().length];
    long replaced = 0;
    for (PlannedOperation operation : succeeding(stream, OPERATIONS)) {
      counts[operation.operation().ordinal()]++;
      replaced += operation.operation() == operation.drawn() ? 0 : 1;
    }
    List<FileOperation> used = List.copyOf(workload.weights().keySet());
    Fit.assertFits(
        used.stream().mapToDouble(workload::share).toArray(),
        used.stream().mapToLong(operation -> counts[operation.ordinal()]).toArray());
    assertThat(replaced).isEqualTo(stream.counts().fallbacks()).isZero();
    assertThat(stream.counts().planned()).isEqualTo(OPERATIONS);
  }

  /** One operation after the other: everything asked for can be done, and nothing is in the way. */
  @ParameterizedTest
  @MethodSource("popularities")
  void everyOperationIsPossible(Popularity popularity) {
    WorkloadPlan plan = new WorkloadPlan(Mixes.of(Mixes.EVERYTHING, popularity, 30), 5, 1);
    StrictFileSystem files = new StrictFileSystem(plan);
    OperationStream stream = plan.stream(0);
    for (int i = 0; i < CHECKED_OPERATIONS; i++) {
      PlannedOperation operation = stream.next();
      assertThat(operation.sequence()).isEqualTo(i);
      files.begin(operation);
      files.end(operation, true);
      stream.succeeded(operation);
      assertThat(stream.counts().files()).isEqualTo(files.files()).isPositive();
    }
    assertThat(stream.counts().lost()).isZero();
  }

  /**
   * Many operations under way, ending in any order, failing in any way: none meets another, and
   * none uses a file that may be gone.
   */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void operationsUnderWayDoNotMeet(long seed) {
    Popularity popularity = popularities().get((int) seed % 4);
    WorkloadPlan plan = new WorkloadPlan(Mixes.of(Mixes.EVERYTHING, popularity, 30), seed, 1);
    StrictFileSystem files = new StrictFileSystem(plan);
    OperationStream stream = plan.stream(0);
    SeededRandom random = new SeededRandom(seed);
    List<PlannedOperation> underWay = new ArrayList<>();
    for (int i = 0; i < CHECKED_OPERATIONS; i++) {
      PlannedOperation operation = stream.next();
      files.begin(operation);
      underWay.add(operation);
      while (underWay.size() > random.nextBelow(40)) {
        PlannedOperation ended = underWay.remove((int) random.nextBelow(underWay.size()));
        endSomehow(ended, stream, files, random);
      }
    }
    assertThat(stream.counts().lost()).isPositive();
    assertThat(stream.counts().displaced()).isPositive();
  }

  private static void endSomehow(
      PlannedOperation operation,
      OperationStream stream,
      StrictFileSystem files,
      SeededRandom random) {
    switch ((int) random.nextBelow(20)) {
      case 0 -> {
        files.giveUp(operation);
        stream.failed(operation, FailureKind.TIMEOUT);
      }
      case 1 -> {
        files.end(operation, false);
        stream.failed(operation, FailureKind.PERMISSION_DENIED);
      }
      default -> {
        files.end(operation, true);
        stream.succeeded(operation);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("popularities")
  void theSeedDecides(Popularity popularity) {
    Workload workload = Mixes.of(Mixes.EVERYTHING, popularity, 100);
    List<PlannedOperation> one = succeeding(stream(workload, 1), 5_000);
    assertThat(succeeding(stream(workload, 1), 5_000)).isEqualTo(one);
    assertThat(succeeding(stream(workload, 2), 5_000)).isNotEqualTo(one);
  }

  @Test
  void whatIsDrawnDoesNotDependOnOutcomes() {
    Workload workload = Mixes.of(Mixes.EVERYTHING, new Popularity.Zipf(0.9), 100);
    OperationStream failing = stream(workload, 1);
    List<FileOperation> drawn = new ArrayList<>();
    for (int i = 0; i < 5_000; i++) {
      PlannedOperation operation = failing.next();
      failing.failed(operation, FailureKind.TIMEOUT);
      drawn.add(operation.drawn());
    }
    assertThat(succeeding(stream(workload, 1), 5_000).stream().map(PlannedOperation::drawn))
        .isEqualTo(drawn);
  }

  @Test
  void clientsNeverTouchTheSameFileOrDirectory() {
    Workload workload = Mixes.of(Mixes.EVERYTHING, new Popularity.Zipf(0.9), 100);
    WorkloadPlan plan = new WorkloadPlan(workload, 1, 4);
    Set<String> paths = new HashSet<>();
    Set<Long> ids = new HashSet<>();
    for (int client = 0; client < 4; client++) {
      Set<String> own = new HashSet<>();
      Set<Long> ownIds = new HashSet<>();
      for (PlannedOperation operation : succeeding(plan.stream(client), 20_000)) {
        own.add(operation.path());
        operation.to().ifPresent(own::add);
        if (operation.fileId() != PlannedOperation.NO_FILE) {
          ownIds.add(operation.fileId());
        }
      }
      assertThat(own).allMatch(path -> paths.add(path));
      assertThat(ownIds).allMatch(id -> ids.add(id));
    }
  }

  @Test
  void clientsDoDifferentThings() {
    WorkloadPlan plan =
        new WorkloadPlan(Mixes.of(Mixes.EVERYTHING, new Popularity.Uniform(), 100), 1, 2);
    List<List<FileOperation>> kinds = new ArrayList<>();
    for (int client = 0; client < 2; client++) {
      kinds.add(
          succeeding(plan.stream(client), 100).stream().map(PlannedOperation::operation).toList());
    }
    assertThat(kinds.get(0)).isNotEqualTo(kinds.get(1));
  }

  @Test
  void namesAndIdentitiesOfNewFilesAreUnique() {
    Set<String> paths = new HashSet<>();
    Set<Long> ids = new HashSet<>();
    WorkloadPlan plan = new WorkloadPlan(Mixes.only(FileOperation.WRITE, 10), 1, 1);
    plan.initialFiles(0)
        .forEach(file -> assertThat(paths.add(file.path()) && ids.add(file.fileId())).isTrue());
    for (PlannedOperation operation : succeeding(plan.stream(0), 5_000)) {
      assertThat(paths.add(operation.path()) && ids.add(operation.fileId())).isTrue();
    }
  }

  @Test
  void aDeleteNeverTakesTheLastFile() {
    OperationStream stream = stream(Mixes.only(FileOperation.DELETE, 3), 1);
    assertThat(succeeding(stream, 5).stream().map(PlannedOperation::operation))
        .containsExactly(
            FileOperation.DELETE,
            FileOperation.DELETE,
            FileOperation.WRITE,
            FileOperation.DELETE,
            FileOperation.WRITE);
    assertThat(stream.counts()).isEqualTo(new StreamCounts(5, 2, 0, 0, 2));
  }

  /** With deletes under way, too: they count as done. */
  @Test
  void deletesUnderWayDoNotTakeTheLastFileTogether() {
    OperationStream stream = stream(Mixes.only(FileOperation.DELETE, 3), 1);
    List<PlannedOperation> underWay = Stream.generate(stream::next).limit(4).toList();
    assertThat(underWay.stream().map(PlannedOperation::operation))
        .containsExactly(
            FileOperation.DELETE, FileOperation.DELETE, FileOperation.WRITE, FileOperation.WRITE);
    underWay.forEach(operation -> assertThat(operation.drawn()).isEqualTo(FileOperation.DELETE));
    stream.failed(underWay.get(0), FailureKind.PERMISSION_DENIED);
    assertThat(stream.next().operation()).isEqualTo(FileOperation.DELETE);
  }

  @Test
  void aFileThatIsNotThereYetIsNotUsed() {
    OperationStream stream = stream(Mixes.only(FileOperation.WRITE, 1), 1);
    PlannedOperation failed = stream.next();
    PlannedOperation written = stream.next();
    assertThat(stream.counts().files()).isEqualTo(1);
    stream.failed(failed, FailureKind.RESOURCE_EXHAUSTED);
    assertThat(stream.counts().files()).isEqualTo(1);
    stream.succeeded(written);
    assertThat(stream.counts().files()).isEqualTo(2);
    assertThat(stream.counts().lost()).as("never was there").isZero();
  }

  @ParameterizedTest
  @EnumSource(
      value = FileOperation.class,
      names = {"OVERWRITE", "APPEND", "RENAME", "DELETE"})
  void aFileInUnknownStateIsGivenUp(FileOperation operation) {
    OperationStream stream = stream(Mixes.only(operation, 10), 1);
    PlannedOperation refused = stream.next();
    stream.failed(refused, FailureKind.INVALID);
    assertThat(stream.counts().files()).isEqualTo(10);
    PlannedOperation timedOut = stream.next();
    stream.failed(timedOut, FailureKind.TIMEOUT);
    assertThat(stream.counts().files()).isEqualTo(9);
    assertThat(stream.counts().lost()).isEqualTo(1);
    for (PlannedOperation later : succeeding(stream, 200)) {
      assertThat(later.fileId()).isNotEqualTo(timedOut.fileId());
    }
  }

  @Test
  void withoutAnyFileLeftItWritesNewOnes() {
    OperationStream stream = stream(Mixes.only(FileOperation.APPEND, 1), 1);
    stream.failed(stream.next(), FailureKind.TIMEOUT);
    PlannedOperation instead = stream.next();
    assertThat(instead.operation()).isEqualTo(FileOperation.WRITE);
    assertThat(instead.drawn()).isEqualTo(FileOperation.APPEND);
    stream.succeeded(instead);
    PlannedOperation append = stream.next();
    assertThat(append.operation()).isEqualTo(FileOperation.APPEND);
    assertThat(append.fileId()).isEqualTo(instead.fileId());
    assertThat(append.offset()).isEqualTo(instead.size());
  }

  @Test
  void aRenamedFileKeepsItsIdentity() {
    OperationStream stream = stream(Mixes.only(FileOperation.RENAME, 1), 1);
    PlannedOperation before = stream.next();
    stream.succeeded(before);
    for (PlannedOperation after : succeeding(stream, 20)) {
      assertThat(after.fileId()).isEqualTo(before.fileId());
      assertThat(after.path()).isEqualTo(before.to().orElseThrow());
      before = after;
    }
  }

  @Test
  void anOutcomeIsReportedOnce() {
    OperationStream stream = stream(Mixes.only(FileOperation.LIST, 5), 1);
    PlannedOperation operation = stream.next();
    stream.succeeded(operation);
    assertThatIllegalStateException().isThrownBy(() -> stream.succeeded(operation));
    assertThatIllegalStateException()
        .isThrownBy(() -> stream.failed(operation, FailureKind.TIMEOUT))
        .withMessage("operation 0 is not under way: its outcome was reported");
  }

  /** Rank k of a population that stays as it is, counted over the operations themselves. */
  @Test
  void popularityDecidesWhichFileIsRead() {
    Workload workload = Mixes.of(Map.of(FileOperation.READ, 1.0), new Popularity.Zipf(0.8), 100);
    WorkloadPlan plan = new WorkloadPlan(workload, 1, 1);
    List<Long> byAge = plan.initialFiles(0).map(InitialFile::fileId).toList();
    long[] counts = new long[byAge.size()];
    for (PlannedOperation operation : succeeding(plan.stream(0), OPERATIONS)) {
      counts[byAge.indexOf(operation.fileId())]++;
    }
    double[] law = new double[counts.length];
    for (int k = 0; k < law.length; k++) {
      law[k] = Math.pow(k + 1, -0.8);
    }
    Fit.assertFits(law, counts);
  }
}
