package io.mooseng.bench.core.server.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mooseng.bench.proto.CreateSessionRequest;
import io.mooseng.bench.proto.MountOptions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class SessionsTest {

  private static final class SetClock extends Clock {
    private Instant now = Instant.EPOCH;

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Instant instant() {
      return now;
    }
  }

  private final SetClock clock = new SetClock();
  private final Sessions sessions = new Sessions(clock);

  private void pass(Duration time) {
    clock.now = clock.now.plus(time);
  }

  @Test
  void aSessionExpiresAfterItsLastUse() {
    long id = sessions.create(CreateSessionRequest.getDefaultInstance()).id;
    pass(Sessions.LIFETIME.minusSeconds(1));
    sessions.use(id);
    pass(Sessions.LIFETIME.minusSeconds(1));
    sessions.use(id);
    pass(Sessions.LIFETIME.plusSeconds(1));
    assertThatThrownBy(() -> sessions.use(id))
        .hasMessage(
            "UNAUTHENTICATED: session " + id + " is unknown or expired; call CreateSession");
  }

  @Test
  void aRenewedSessionLivesLonger() {
    long id = sessions.create(CreateSessionRequest.getDefaultInstance()).id;
    Instant end = sessions.renew(id, Sessions.LIFETIME.multipliedBy(3));
    assertThat(end).isEqualTo(clock.now.plus(Sessions.LIFETIME.multipliedBy(3)));
    pass(Sessions.LIFETIME.multipliedBy(2));
    assertThatCode(() -> sessions.use(id)).doesNotThrowAnyException();
  }

  @Test
  void aReadOnlySessionChangesNothing() {
    CreateSessionRequest request =
        CreateSessionRequest.newBuilder()
            .setOptions(MountOptions.newBuilder().setReadOnly(true))
            .build();
    long id = sessions.create(request).id;
    assertThat(sessions.use(id).id).isEqualTo(id);
    assertThatThrownBy(() -> sessions.useForChange(id)).hasMessageStartingWith("PERMISSION_DENIED");
  }
}
