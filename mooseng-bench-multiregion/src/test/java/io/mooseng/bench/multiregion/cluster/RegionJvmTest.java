package io.mooseng.bench.multiregion.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RegionJvmTest {

  private static final String POOL = "-Djava.util.concurrent.ForkJoinPool.common.parallelism=2";
  private static final String ONE_COMPILER = "-XX:TieredStopAtLevel=1";

  @Test
  void regionsThatShareFewProcessorsCompileLittle() {
    assertThat(new RegionJvm(2, false).options(3)).contains(ONE_COMPILER);
    assertThat(new RegionJvm(5, false).options(3)).contains(ONE_COMPILER);
    assertThat(new RegionJvm(6, false).options(3)).doesNotContain(ONE_COMPILER);
    assertThat(new RegionJvm(6, false).options(7)).contains(ONE_COMPILER);
  }

  /** The pool has one thread less than there are processors, if nobody says otherwise. */
  @Test
  void aPoolOfOneThreadIsWidened() {
    assertThat(new RegionJvm(1, false).options(3)).contains(POOL);
    assertThat(new RegionJvm(2, false).options(3)).contains(POOL);
    assertThat(new RegionJvm(3, false).options(3)).doesNotContain(POOL);
  }

  @Test
  void aLargeMachineIsLeftAlone() {
    assertThat(new RegionJvm(16, false).options(3)).isEmpty();
  }

  /** A JVM that is told twice does not start. */
  @Test
  void aCollectorThatTheEnvironmentNamesIsKept() {
    assertThat(new RegionJvm(2, false).options(3)).contains("-XX:+UseSerialGC");
    assertThat(new RegionJvm(2, true).options(3))
        .contains(ONE_COMPILER)
        .noneMatch(o -> o.contains("GC"));
  }
}
