package io.mooseng.bench.multiregion.replica;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.ratis.protocol.ClientId;
import org.apache.ratis.protocol.RaftClientReply;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.protocol.RaftGroupMemberId;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.protocol.exceptions.NotLeaderException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A group that answers what it is told to, one answer after the other. */
@Timeout(60)
class ReadIndexTest {

  private static final RaftGroupMemberId MEMBER =
      RaftGroupMemberId.valueOf(RaftPeerId.valueOf("c"), RaftGroupId.randomId());

  private int asked;

  private ReadIndex answering(
      Iterator<CompletableFuture<RaftClientReply>> answers, Duration longest) {
    return new ReadIndex(
        () -> {
          asked++;
          return answers.next();
        },
        Duration.ofMillis(1),
        longest);
  }

  private static CompletableFuture<RaftClientReply> granted() {
    return CompletableFuture.completedFuture(reply(true));
  }

  private static CompletableFuture<RaftClientReply> refused() {
    return CompletableFuture.completedFuture(reply(false));
  }

  private static RaftClientReply reply(boolean granted) {
    RaftClientReply.Builder reply =
        RaftClientReply.newBuilder().setClientId(ClientId.emptyClientId()).setServerId(MEMBER);
    return granted
        ? reply.setSuccess().build()
        : reply.setException(new NotLeaderException(MEMBER, null, List.of())).build();
  }

  /** As a call of Ratis fails to whoever cannot be reached. */
  private static CompletableFuture<RaftClientReply> failed() {
    return CompletableFuture.supplyAsync(
        () -> {
          throw new IllegalStateException("UNAVAILABLE: io exception");
        });
  }

  @Test
  void isAskedAgainWhileNobodyLeadsOrTheLeaderCannotBeReached() throws Exception {
    answering(
            Stream.of(failed(), refused(), failed(), granted()).iterator(), Duration.ofSeconds(50))
        .reached()
        .get(20, TimeUnit.SECONDS);
    assertThat(asked).isEqualTo(4);
  }

  @Test
  void isAskedOnceIfItIsAnswered() throws Exception {
    answering(Stream.of(granted()).iterator(), Duration.ZERO).reached().get(20, TimeUnit.SECONDS);
    assertThat(asked).isEqualTo(1);
  }

  @Test
  void isGivenUpWithTheLastReason() {
    ReadIndex failing =
        answering(Stream.generate(ReadIndexTest::failed).iterator(), Duration.ofMillis(200));
    assertThatThrownBy(() -> failing.reached().get(20, TimeUnit.SECONDS))
        .cause()
        .isInstanceOf(IOException.class)
        .hasMessageContaining("no linearizable read here: ")
        .hasMessageContaining("UNAVAILABLE: io exception");
    ReadIndex refusing =
        answering(Stream.generate(ReadIndexTest::refused).iterator(), Duration.ofMillis(200));
    assertThatThrownBy(() -> refusing.reached().get(20, TimeUnit.SECONDS))
        .cause()
        .isInstanceOf(IOException.class)
        .hasMessageContaining("is not the leader");
  }
}
