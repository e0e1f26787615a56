package io.mooseng.bench.core.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mooseng.bench.core.config.ConfigurationException;
import io.mooseng.bench.core.config.SettingKey;
import io.mooseng.bench.core.jmh.JmhCommand;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CommandLineTest {

  private static CommandLine divide(String... arguments) {
    return CommandLine.divide(List.of(arguments));
  }

  @Test
  void takesOursAndLeavesTheRestInOrder() {
    CommandLine line =
        divide("Read", "--target", "memory:/", "-f", "2", "--fsync", "Write", "--seed=7", "-foe");
    assertThat(line.settings())
        .isEqualTo(
            Map.of(
                SettingKey.TARGET, List.of("memory:/"),
                SettingKey.FSYNC, List.of("true"),
                SettingKey.SEED, List.of("7")));
    assertThat(line.jmh()).containsExactly("Read", "-f", "2", "Write", "-foe");
  }

  @Test
  void aRepeatedOptionKeepsEveryValueInOrder() {
    assertThat(divide("--target", "a", "--target=b", "--target", "c").settings())
        .isEqualTo(Map.of(SettingKey.TARGET, List.of("a", "b", "c")));
  }

  @Test
  void theArgumentOfAnOptionOfJmhIsNeverOurs() {
    CommandLine line = divide("-jvmArgs", "--debug", "-o", "--out", "-e", "--target", "x");
    assertThat(line.settings()).isEmpty();
    assertThat(line.jmh())
        .containsExactly("-jvmArgs", "--debug", "-o", "--out", "-e", "--target", "x");
  }

  @Test
  void aValueMayContainAnEqualsSignOrLookLikeAnOptionOfJmh() {
    CommandLine line = divide("--store=a=b", "--seed", "-5", "--out=");
    assertThat(line.settings())
        .isEqualTo(
            Map.of(
                SettingKey.STORE, List.of("a=b"),
                SettingKey.SEED, List.of("-5"),
                SettingKey.OUT, List.of("")));
  }

  @Test
  void aSwitchMayBeTurnedOff() {
    assertThat(divide("--fsync=false", "Read").settings())
        .isEqualTo(Map.of(SettingKey.FSYNC, List.of("false")));
  }

  @Test
  void whatOnlyLooksLikeOursIsLeftToJmh() {
    assertThat(divide("-target", "--targets", "--Seed", "target").jmh())
        .containsExactly("-target", "--targets", "--Seed", "target");
  }

  @ParameterizedTest
  @EnumSource(SettingKey.class)
  void everyOptionWithAValueDemandsIt(SettingKey key) {
    if (key.valueLabel().isEmpty()) {
      assertThat(divide(key.option()).settings()).isEqualTo(Map.of(key, List.of("true")));
      return;
    }
    String message = key.option() + " needs a value: " + key.valueLabel().get();
    for (String[] arguments :
        new String[][] {{key.option()}, {key.option(), "--debug"}, {key.option(), "--seed=1"}}) {
      assertThatThrownBy(() -> divide(arguments))
          .isInstanceOf(ConfigurationException.class)
          .hasMessage(message);
    }
  }

  /** Whatever is shuffled together is taken apart again. */
  @Test
  void dividesAnyMixture() {
    SplittableRandom random = new SplittableRandom(17);
    List<String> withArgument = List.of("-f", "-p", "-jvmArgsAppend", "-o", "-e", "-rff");
    List<String> traps = List.of("--debug", "--seed=1", "--target", "2", "-l", "x");
    for (int round = 0; round < 2_000; round++) {
      List<String> whole = new ArrayList<>();
      List<String> jmh = new ArrayList<>();
      Map<SettingKey, List<String>> settings = new EnumMap<>(SettingKey.class);
      for (int i = random.nextInt(8); i > 0; i--) {
        switch (random.nextInt(3)) {
          case 0 -> addOwn(random, whole, settings);
          case 1 -> {
            String option = withArgument.get(random.nextInt(withArgument.size()));
            assertThat(JmhCommand.takesArgument(option)).isTrue();
            List<String> pair = List.of(option, traps.get(random.nextInt(traps.size())));
            whole.addAll(pair);
            jmh.addAll(pair);
          }
          default -> {
            String plain = random.nextBoolean() ? "Some.*Benchmark" : "-lp";
            whole.add(plain);
            jmh.add(plain);
          }
        }
      }
      CommandLine line = CommandLine.divide(whole);
      assertThat(line.jmh()).as(whole.toString()).isEqualTo(jmh);
      assertThat(line.settings()).as(whole.toString()).isEqualTo(settings);
    }
  }

  private static void addOwn(
      SplittableRandom random, List<String> whole, Map<SettingKey, List<String>> settings) {
    SettingKey key = SettingKey.values()[random.nextInt(SettingKey.values().length)];
    String value = "true";
    if (key.valueLabel().isEmpty()) {
      whole.add(key.option());
    } else {
      value = "value" + random.nextInt(10);
      if (random.nextBoolean()) {
        whole.add(key.option() + "=" + value);
      } else {
        whole.addAll(List.of(key.option(), value));
      }
    }
    settings.computeIfAbsent(key, any -> new ArrayList<>()).add(value);
  }
}
