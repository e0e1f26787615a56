package io.mooseng.bench.core.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.NoSuchElementException;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class OutcomeTest {

  @Test
  void aSuccessHasItsValue() {
    Outcome<String> outcome = new Outcome.Success<>("found");
    assertThat(outcome.succeeded()).isTrue();
    assertThat(outcome.orElseThrow()).isEqualTo("found");
  }

  @Test
  void aFailureSaysKindAndMessageWhenAskedForAValue() {
    Outcome<String> outcome = new Outcome.Failure<>(FailureKind.NOT_FOUND, "no such file");
    assertThat(outcome.succeeded()).isFalse();
    assertThatThrownBy(outcome::orElseThrow)
        .isInstanceOf(NoSuchElementException.class)
        .hasMessage("not-found: no such file");
  }

  @Test
  void labelsOfFailuresAreDistinctLowerCaseWords() {
    TreeSet<String> labels = new TreeSet<>();
    for (FailureKind kind : FailureKind.values()) {
      assertThat(kind.label()).matches("[a-z]+(-[a-z]+)*");
      labels.add(kind.label());
    }
    assertThat(labels).hasSize(FailureKind.values().length);
  }

  @Test
  void aLightFailureHasNoStackTrace() {
    OperationException light = OperationException.light(FailureKind.TIMEOUT, "too late");
    assertThat(light.kind()).isEqualTo(FailureKind.TIMEOUT);
    assertThat(light).hasMessage("too late");
    assertThat(light.getStackTrace()).isEmpty();
  }

  @Test
  void anOrdinaryFailureKeepsCauseAndStackTrace() {
    RuntimeException cause = new RuntimeException("why");
    OperationException failure = new OperationException(FailureKind.INTERNAL, "what", cause);
    assertThat(failure).hasCause(cause);
    assertThat(failure.getStackTrace()).isNotEmpty();
    assertThatThrownBy(() -> new OperationException(null, "what", cause))
        .isInstanceOf(NullPointerException.class);
  }
}
