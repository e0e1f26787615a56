package io.mooseng.bench.core.jmh;

import static org.assertj.core.api.Assertions.assertThat;

import io.mooseng.bench.core.model.FailureKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ForkOutcomeTest {

  private static ForkOutcome.Failure failure(Throwable cause) {
    return new ForkOutcome.Failure(FailureKind.INTERNAL, "any", cause);
  }

  @ParameterizedTest
  @CsvSource({
    "Forked VM failed with exit code 130, true",
    "Forked VM failed with exit code 137, true",
    "Forked VM failed with exit code 143, true",
    "Forked VM failed with exit code 1, false",
    "Forked VM failed with exit code 128, false",
    "this benchmark is broken with exit code 130, false",
  })
  void knowsASignalByTheExitCode(String message, boolean bySignal) {
    assertThat(failure(new IllegalStateException(message)).bySignal()).isEqualTo(bySignal);
  }

  @Test
  void whatIsNotSaidIsNoSignal() {
    assertThat(failure(null).bySignal()).isFalse();
    assertThat(failure(new IllegalStateException()).bySignal()).isFalse();
  }
}
