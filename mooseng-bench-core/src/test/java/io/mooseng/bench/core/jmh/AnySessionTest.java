package io.mooseng.bench.core.jmh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mooseng.bench.core.model.FailureKind;
import io.mooseng.bench.core.model.OperationException;
import io.mooseng.bench.core.target.TargetDriver;
import java.lang.reflect.Proxy;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;

/** {@link TargetSession#inAnySession} by the driver of any client. */
class AnySessionTest {

  private final List<String> calls = new ArrayList<>();
  private final Queue<FailureKind> failures = new ArrayDeque<>();

  private final TargetDriver client =
      (TargetDriver)
          Proxy.newProxyInstance(
              TargetDriver.class.getClassLoader(),
              new Class<?>[] {TargetDriver.class},
              (proxy, method, arguments) -> {
                calls.add(method.getName());
                return null;
              });

  private String perform() throws OperationException {
    return TargetSession.inAnySession(
        client,
        (driver, trace) -> {
          assertThat(driver).isSameAs(client);
          calls.add("step");
          if (!failures.isEmpty()) {
            throw OperationException.light(failures.remove(), "refused");
          }
          return "done";
        });
  }

  @Test
  void whoIsRefusedConfirmsItsSessionAndAsksOnceMore() throws Exception {
    failures.add(FailureKind.UNAUTHENTICATED);
    assertThat(perform()).isEqualTo("done");
    assertThat(calls).containsExactly("step", "confirmSession", "step");
  }

  @Test
  void whoIsRefusedTwiceFails() {
    failures.addAll(List.of(FailureKind.UNAUTHENTICATED, FailureKind.UNAUTHENTICATED));
    assertThatThrownBy(this::perform).isInstanceOf(OperationException.class);
    assertThat(calls).containsExactly("step", "confirmSession", "step");
  }

  @Test
  void noOtherFailureIsTriedAgain() {
    failures.add(FailureKind.UNAVAILABLE);
    assertThatThrownBy(this::perform).isInstanceOf(OperationException.class);
    assertThat(calls).containsExactly("step");
  }
}
