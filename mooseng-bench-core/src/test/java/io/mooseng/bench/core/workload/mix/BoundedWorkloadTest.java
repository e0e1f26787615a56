package io.mooseng.bench.core.workload.mix;

import static org.assertj.core.api.Assertions.assertThat;

import io.mooseng.bench.core.model.ByteSize;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BoundedWorkloadTest {

  private static final Workloads WORKLOADS = Workloads.load(Optional.empty());

  private static long bytes(Workload workload) {
    return new WorkloadPlan(workload, 1, 1).initialBytes();
  }

  @ParameterizedTest
  @ValueSource(strings = {"1MB", "10MB", "300MB"})
  void noPopulationTakesMoreThanAllowed(String limit) {
    ByteSize most = ByteSize.parse(limit);
    for (Workload whole : WORKLOADS.all()) {
      BoundedWorkload bounded = BoundedWorkload.of(whole, 1, 1, most);
      boolean fits = bytes(whole) <= most.bytes();
      assertThat(bounded.warning().isEmpty()).as(whole.name()).isEqualTo(fits);
      if (fits) {
        assertThat(bounded.workload()).isSameAs(whole);
        continue;
      }
      int files = bounded.workload().population().files();
      assertThat(bytes(bounded.workload()) <= most.bytes() || files == 1).isTrue();
      assertThat(bytes(whole.withFiles(files + 1)))
          .as("%s with one file more than %d", whole.name(), files)
          .isGreaterThan(most.bytes());
      assertThat(bounded.workload().weights()).isEqualTo(whole.weights());
      assertThat(bounded.workload().sizes()).isEqualTo(whole.sizes());
    }
  }

  @Test
  void whatIsCutIsSaid() {
    BoundedWorkload bounded =
        BoundedWorkload.of(WORKLOADS.named("object-store"), 1, 1, ByteSize.parse("1GB"));
    assertThat(bounded.workload().population().files()).isEqualTo(102);
    assertThat(bounded.warning())
        .contains(
            "population cut to 102 of 200 files, 1,020.0 MB of 2,000.0 MB, by population=1GB");
  }

  @Test
  void everyClientKeepsAFile() {
    Workload whole = WORKLOADS.named("object-store");
    assertThat(files(whole, 8)).isEqualTo(8);
    assertThat(files(whole, 500)).isEqualTo(200);
    assertThat(files(WORKLOADS.named("ml-training-read"), 8)).as("shared").isEqualTo(1);
  }

  private static int files(Workload whole, int clients) {
    return BoundedWorkload.of(whole, 1, clients, ByteSize.parse("100KB"))
        .workload()
        .population()
        .files();
  }
}
