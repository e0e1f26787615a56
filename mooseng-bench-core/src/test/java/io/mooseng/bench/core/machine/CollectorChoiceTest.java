package io.mooseng.bench.core.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CollectorChoiceTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-XX:+UseG1GC",
        "-Xmx1g -XX:+UseParallelGC",
        "-XX:+AggressiveHeap",
        "-XX:Flags=.hotspotrc",
        "-XX:VMOptionsFile=x",
        "@options",
        "-Xmx1g @options",
        "'@options'"
      })
  void whatMayNameACollector(String options) {
    assertThat(CollectorChoice.isMadeIn(options)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "-Xmx1g",
        "-Dmail=a@b",
        "-XX:-UseGCOverheadLimit",
        "-XX:+UseStringDeduplication"
      })
  void whatDoesNot(String options) {
    assertThat(CollectorChoice.isMadeIn(options)).isFalse();
  }

  @Test
  void oneOfSeveralOptionsIsEnough() {
    assertThat(CollectorChoice.isMadeIn(List.of("-Xmx1g", "-XX:+UseZGC"))).isTrue();
    assertThat(CollectorChoice.isMadeIn(List.of("-Xmx1g"))).isFalse();
    assertThat(CollectorChoice.isMadeIn(List.of())).isFalse();
  }

  @Test
  void theEnvironmentMayChoose() {
    assertThat(CollectorChoice.isMadeBy(Map.of("JAVA_TOOL_OPTIONS", "-XX:+UseG1GC"))).isTrue();
    assertThat(CollectorChoice.isMadeBy(Map.of("JDK_JAVA_OPTIONS", "-XX:+UseG1GC"))).isTrue();
    assertThat(CollectorChoice.isMadeBy(Map.of("_JAVA_OPTIONS", "-XX:+UseG1GC"))).isTrue();
    assertThat(CollectorChoice.isMadeBy(Map.of("_JAVA_OPTIONS", "-Xmx1g"))).isFalse();
    assertThat(CollectorChoice.isMadeBy(Map.of("JAVA_OPTS", "-XX:+UseG1GC"))).isFalse();
    assertThat(CollectorChoice.isMadeBy(Map.of())).isFalse();
  }
}
