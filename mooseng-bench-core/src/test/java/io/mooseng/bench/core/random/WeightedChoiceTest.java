package io.mooseng.bench.core.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WeightedChoiceTest {

  @Test
  void drawsAsWeightsSay() {
    Map<Integer, Double> weights = new LinkedHashMap<>();
    double[] probabilities = {3, 0.5, 10, 1, 45};
    for (int i = 0; i < probabilities.length; i++) {
      weights.put(i, probabilities[i]);
    }
    WeightedChoice<Integer> choice = new WeightedChoice<>(weights);
    for (long seed = 1; seed <= 5; seed++) {
      SeededRandom random = new SeededRandom(seed);
      long[] counts = new long[probabilities.length];
      for (int i = 0; i < 50_000; i++) {
        counts[choice.next(random)]++;
      }
      Fit.assertFits(probabilities, counts);
    }
  }

  @Test
  void oneValueIsAlwaysDrawn() {
    WeightedChoice<String> choice = new WeightedChoice<>(Map.of("a", 0.001));
    SeededRandom random = new SeededRandom(1);
    for (int i = 0; i < 1_000; i++) {
      assertThat(choice.next(random)).isEqualTo("a");
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
  void refusesWhatIsNoWeight(double weight) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new WeightedChoice<>(Map.of("a", weight)))
        .withMessage("weight of a is %s; accepted: a number above 0", weight);
  }

  @Test
  void refusesNothing() {
    assertThatIllegalArgumentException().isThrownBy(() -> new WeightedChoice<>(Map.of()));
  }
}
