package io.mooseng.bench.core.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mooseng.bench.core.config.ConfigurationException;
import io.mooseng.bench.core.workload.mix.Workloads;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProfilesTest {

  private final Profiles profiles = Profiles.load();

  @ParameterizedTest
  @ValueSource(strings = {"smoke", "quick", "standard", "full"})
  void everyProfileIsComplete(String name) {
    Profile profile = profiles.named(name);
    assertThat(profile.name()).isEqualTo(name);
    assertThat(profile.description()).isNotBlank();
    assertThat(profile.selections()).isNotEmpty();
    assertThat(profile.sizes())
        .as("decides everything but warm-up forks")
        .hasNoNullFieldsOrPropertiesExcept("warmupForks");
    assertThat(profile.sizes().forks()).isPositive();
    assertThat(profile.sizes().iterations()).isPositive();
    assertThat(profile.sizes().time()).isPositive();
    for (Profile.Selection selection : profile.selections()) {
      selection
          .parameters()
          .forEach(
              (parameter, values) -> {
                assertThat(values).isNotEmpty().doesNotHaveDuplicates();
                values.forEach(
                    value ->
                        assertThat(ParameterRules.canonical(parameter, value, declared(parameter)))
                            .as("what rows are known by")
                            .isEqualTo(value));
              });
    }
  }

  /** What a parameter without a rule accepts. */
  private static List<String> declared(String parameter) {
    return parameter.equals(Cell.WORKLOAD_PARAMETER)
        ? Workloads.load(Optional.empty()).names()
        : List.of();
  }

  @Test
  void smokeAndFullTakeEveryBenchmark() {
    for (String name : List.of("smoke", "full")) {
      assertThat(profiles.named(name).selections())
          .last()
          .satisfies(all -> assertThat(all.benchmark().pattern()).isEmpty());
    }
  }

  @Test
  void comparingTakesMoreThanOneFork() {
    assertThat(profiles.named("standard").sizes().forks()).isGreaterThanOrEqualTo(10);
    assertThat(profiles.named("quick").sizes().forks()).isEqualTo(1);
  }

  @Test
  void namesWhatThereIs() {
    assertThatThrownBy(() -> profiles.named("fast"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage("--profile fast: accepted: smoke, quick, standard, regions, full");
  }
}
