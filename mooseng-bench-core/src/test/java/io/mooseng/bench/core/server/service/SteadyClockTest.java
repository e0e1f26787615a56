package io.mooseng.bench.core.server.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.mooseng.bench.proto.CreateSessionRequest;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SteadyClockTest {

  private static final Instant START = Instant.parse("2026-03-01T10:20:30Z");

  private Instant wall = START;
  private long nanos = 42;

  @Test
  void aSessionOutlivesAWallClockThatJumps() {
    SteadyClock clock = new SteadyClock(() -> wall, () -> nanos);
    Sessions sessions = new Sessions(clock);
    Sessions.Session session = sessions.create(CreateSessionRequest.getDefaultInstance());
    wall = START.plus(Sessions.LIFETIME.multipliedBy(2));
    nanos += Duration.ofMinutes(59).toNanos();
    assertThat(clock.instant()).isEqualTo(START.plus(Duration.ofMinutes(59)));
    assertThat(sessions.use(session.id)).isSameAs(session);
    wall = START.minus(Duration.ofDays(1));
    assertThat(clock.instant()).isEqualTo(START.plus(Duration.ofMinutes(59)));
  }
}
