package io.mooseng.bench.multiregion.replica;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
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
@Timeout(30)
class ReadIndexTest {

  private static final RaftGroupMemberId MEMBER =
      RaftGroupMemberId.valueOf(RaftPeerId.valueOf("c"), RaftGroupId.randomId());

  private final List<Throwable> unreachable = new ArrayList<>();
  private int asked;

  private ReadIndex answering(Iterator<CompletableFuture<RaftClientReply>> answers) {
    return new ReadIndex(
        () -> {
          asked++;
          return answers.next();
        },
        unreachable::add,
        Duration.ofMillis(1));
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

  /** As the channel of Ratis fails while it pauses between two attempts to dial. */
  private static CompletableFuture<RaftClientReply> failed() {
    return CompletableFuture.supplyAsync(
        () -> {
          throw new IllegalStateException("UNAVAILABLE: io exception");
        });
  }

  @Test
  void isAskedAgainWhileNobodyLeadsOrTheLeaderCannotBeReached() throws Exception {
    ReadIndex index = answering(Stream.of(failed(), refused(), failed(), granted()).iterator());
    index.reached().get(20, TimeUnit.SECONDS);
    assertThat(asked).isEqualTo(4);
    assertThat(unreachable)
        .hasSize(2)
        .allSatisfy(
            failure ->
                assertThat(failure)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("UNAVAILABLE: io exception"));
  }

  @Test
  void isAskedOnceIfItIsAnswered() throws Exception {
    answering(Stream.of(granted()).iterator()).reached().get(20, TimeUnit.SECONDS);
    assertThat(asked).isEqualTo(1);
    assertThat(unreachable).isEmpty();
  }

  @Test
  void isGivenUpWithTheLastReason() {
    ReadIndex index = answering(IntStream.range(0, 1_000).mapToObj(attempt -> failed()).iterator());
    assertThatThrownBy(() -> index.reached().get(20, TimeUnit.SECONDS))
        .cause()
        .isInstanceOf(IOException.class)
        .hasMessageContaining("no linearizable read here: ")
        .hasMessageContaining("UNAVAILABLE: io exception");
    assertThat(asked).isEqualTo(50);
  }
}
