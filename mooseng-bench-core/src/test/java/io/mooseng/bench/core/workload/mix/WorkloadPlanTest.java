package io.mooseng.bench.core.workload.mix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mooseng.bench.core.config.ConfigurationException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class WorkloadPlanTest {

  private static final Workload OWN = Mixes.of(Mixes.EVERYTHING, new Popularity.Zipf(0.8), 1_000);

  private static List<InitialFile> allFiles(WorkloadPlan plan) {
    return IntStream.range(0, plan.clients()).boxed().flatMap(plan::initialFiles).toList();
  }

  static Stream<WorkloadPlan> plans() {
    return Stream.of(1, 3, 7, 1_000)
        .flatMap(
            clients ->
                Stream.of(
                    new WorkloadPlan(OWN, 5, clients),
                    new WorkloadPlan(Mixes.shared(1_000, new Popularity.Uniform()), 5, clients)));
  }

  @ParameterizedTest
  @MethodSource("plans")
  void everyFileIsPreparedOnceInADirectoryThatExists(WorkloadPlan plan) {
    Set<String> directories = new HashSet<>(plan.directories().toList());
    Set<String> paths = new HashSet<>();
    Set<Long> ids = new HashSet<>();
    long bytes = 0;
    for (InitialFile file : allFiles(plan)) {
      assertThat(paths.add(file.path()) && ids.add(file.fileId())).isTrue();
      assertThat(directories).contains(file.path().substring(0, file.path().lastIndexOf('/')));
      bytes += file.size();
    }
    assertThat(paths).hasSize(1_000);
    assertThat(plan.initialBytes()).isEqualTo(bytes);
  }

  @ParameterizedTest
  @MethodSource("plans")
  void directoriesAreAsFullAsAllowedAndTheirParentsComeFirst(WorkloadPlan plan) {
    Set<String> made = new HashSet<>();
    plan.directories()
        .forEach(
            directory -> {
              int slash = directory.lastIndexOf('/');
              assertThat(slash < 0 || made.contains(directory.substring(0, slash))).isTrue();
              assertThat(made.add(directory)).isTrue();
            });
    Map<String, Long> perDirectory =
        allFiles(plan).stream()
            .map(file -> file.path().substring(0, file.path().lastIndexOf('/')))
            .collect(Collectors.groupingBy(directory -> directory, Collectors.counting()));
    assertThat(perDirectory.values()).allMatch(files -> files <= 7);
  }

  /** More clients mean other hands, not other data. */
  @Test
  void sizesDoNotDependOnTheNumberOfClients() {
    List<List<Long>> sizes = new ArrayList<>();
    for (int clients : new int[] {1, 3, 7}) {
      sizes.add(
          allFiles(new WorkloadPlan(OWN, 5, clients)).stream()
              .map(InitialFile::size)
              .sorted()
              .toList());
    }
    assertThat(sizes.get(1)).isEqualTo(sizes.get(0));
    assertThat(sizes.get(2)).isEqualTo(sizes.get(0));
    assertThat(new WorkloadPlan(OWN, 6, 1).initialBytes())
        .isNotEqualTo(new WorkloadPlan(OWN, 5, 1).initialBytes());
  }

  @Test
  void streamsAgreeWithTheFilesPrepared() {
    for (int clients : new int[] {1, 3, 7}) {
      WorkloadPlan plan = new WorkloadPlan(OWN, 5, clients);
      StrictFileSystem files = new StrictFileSystem(plan);
      for (int client = 0; client < clients; client++) {
        OperationStream stream = plan.stream(client);
        for (int i = 0; i < 2_000; i++) {
          PlannedOperation operation = stream.next();
          files.begin(operation);
          files.end(operation, true);
          stream.succeeded(operation);
        }
      }
    }
  }

  @Test
  void clientsShareFilesThatNobodyChanges() {
    WorkloadPlan plan = new WorkloadPlan(Mixes.shared(20, new Popularity.Uniform()), 1, 3);
    Set<String> prepared = new HashSet<>(allFiles(plan).stream().map(InitialFile::path).toList());
    StrictFileSystem files = new StrictFileSystem(plan);
    for (int client = 0; client < 3; client++) {
      OperationStream stream = plan.stream(client);
      Set<String> used = new HashSet<>();
      for (int i = 0; i < 1_000; i++) {
        // Never ended: any number of readers may be at a shared file.
        PlannedOperation operation = stream.next();
        files.begin(operation);
        used.add(operation.path());
      }
      assertThat(used).isEqualTo(prepared);
    }
  }

  @Test
  void clientsThatWalkThroughSharedFilesBeginApart() {
    WorkloadPlan plan = new WorkloadPlan(Mixes.shared(8, new Popularity.Sequential()), 1, 4);
    assertThat(IntStream.range(0, 4).mapToObj(client -> plan.stream(client).next().fileId()))
        .containsExactly(0L, 2L, 4L, 6L);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, 1_001})
  void refusesClientsWithoutAFile(int clients) {
    assertThatThrownBy(() -> new WorkloadPlan(OWN, 1, clients))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage(
            "workload 'test' with %d clients: accepted: from 1 to 1000, one file each", clients);
  }

  @Test
  void refusesClientsItDoesNotHave() {
    WorkloadPlan plan = new WorkloadPlan(OWN, 1, 2);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> plan.stream(2))
        .withMessage("client 2; accepted: from 0 to 1");
    assertThatIllegalArgumentException().isThrownBy(() -> plan.initialFiles(-1));
  }
}
