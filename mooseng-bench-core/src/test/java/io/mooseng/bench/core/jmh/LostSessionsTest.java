package io.mooseng.bench.core.jmh;

import static org.assertj.core.api.Assertions.assertThat;

import io.mooseng.bench.core.model.Quantity;
import io.mooseng.bench.core.target.TargetDriver;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LostSessionsTest {

  private final LostSessions sessions = new LostSessions();

  private TargetDriver driver(AtomicLong lost) {
    return sessions.of(
        (TargetDriver)
            Proxy.newProxyInstance(
                TargetDriver.class.getClassLoader(),
                new Class<?>[] {TargetDriver.class},
                (proxy, method, arguments) -> {
                  assertThat(method.getName()).isEqualTo("sessionsLost");
                  return lost.get();
                }));
  }

  @Test
  void eachIsToldOnceWhicheverDriverLostIt() {
    assertThat(sessions.sinceLast()).isEmpty();
    AtomicLong one = new AtomicLong();
    AtomicLong other = new AtomicLong();
    driver(one);
    driver(other);
    assertThat(sessions.sinceLast()).isEmpty();
    one.set(2);
    other.set(1);
    assertThat(sessions.sinceLast()).isEqualTo(Map.of(Quantity.SESSIONS_LOST, 3.0));
    assertThat(sessions.sinceLast()).isEmpty();
    other.set(2);
    assertThat(sessions.sinceLast()).isEqualTo(Map.of(Quantity.SESSIONS_LOST, 1.0));
  }
}
