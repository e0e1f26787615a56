package io.mooseng.bench.multiregion.replica;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.thirdparty.io.grpc.Status;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is to be dialled is written down; it takes until it is let go. */
@Timeout(60)
class RedialTest {

  private static final RaftPeerId A = RaftPeerId.valueOf("a");
  private static final RaftPeerId B = RaftPeerId.valueOf("b");
  private static final RaftPeerId SELF = RaftPeerId.valueOf("c");
  private static final Throwable UNAVAILABLE = Status.UNAVAILABLE.asRuntimeException();

  private final BlockingQueue<RaftPeerId> dialled = new LinkedBlockingQueue<>();
  private final Semaphore ends = new Semaphore(0);
  private final Redial redial =
      new Redial(
          SELF,
          (region, failure) -> {
            dialled.add(region);
            ends.acquireUninterruptibly();
          });

  @Test
  void isForTheOneThatCannotBeReachedOnly() throws Exception {
    redial.failed(A, Status.DEADLINE_EXCEEDED.asRuntimeException());
    redial.failed(A, new IllegalStateException("not running"));
    redial.failed(SELF, UNAVAILABLE);
    redial.failed(B, new IllegalStateException(UNAVAILABLE));
    assertThat(dialled.poll(30, TimeUnit.SECONDS)).isEqualTo(B);
    assertThat(dialled).isEmpty();
    ends.release();
  }

  @Test
  void isDoneOnceWhileItIsUnderWayAndAgainLater() throws Exception {
    redial.failed(A, UNAVAILABLE);
    assertThat(dialled.poll(30, TimeUnit.SECONDS)).isEqualTo(A);
    for (int i = 0; i < 1_000; i++) {
      redial.failed(A, UNAVAILABLE);
    }
    redial.failed(B, UNAVAILABLE);
    assertThat(dialled.poll(30, TimeUnit.SECONDS)).isEqualTo(B);
    assertThat(dialled).isEmpty();
    ends.release(2);
    while (dialled.isEmpty()) {
      redial.failed(A, UNAVAILABLE);
      Thread.onSpinWait();
    }
    assertThat(dialled).containsExactly(A);
    ends.release();
  }
}
