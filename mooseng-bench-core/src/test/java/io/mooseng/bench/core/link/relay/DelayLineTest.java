package io.mooseng.bench.core.link.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class DelayLineTest {

  private static final RelayLimits LIMITS = new RelayLimits(64, 1_024, 4_096);

  private final SegmentPool pool = new SegmentPool(LIMITS);
  private final DelayLine line = new DelayLine(pool, LIMITS.segmentBytes());
  private final Sink sink = new Sink();

  @Test
  void nothingLeavesBeforeItIsDue() throws IOException {
    put(new byte[] {1, 2}, 10);
    put(new byte[] {3}, 20);

    line.advance(9);
    assertThat(line.drainTo(sink)).isTrue();
    assertThat(sink.bytes()).isEmpty();

    line.advance(10);
    line.drainTo(sink);
    assertThat(sink.bytes()).containsExactly(1, 2);
    assertThat(line.nextDueNanos()).isEqualTo(20);
  }

  @Test
  void theEndIsDueAfterTheLastByte() throws IOException {
    put(new byte[] {1}, 10);
    line.ended(15);

    line.advance(10);
    line.drainTo(sink);
    assertThat(line.exhausted()).isFalse();

    line.advance(15);
    assertThat(line.exhausted()).isTrue();
    assertThat(pool.heldBytes()).isZero();
  }

  @Test
  void aSinkThatTakesLittleGetsEveryByteInOrder() throws IOException {
    SplittableRandom random = new SplittableRandom(21);
    ByteArrayOutputStream expected = new ByteArrayOutputStream();
    long now = 0;
    for (int i = 0; i < 5_000; i++) {
      now++;
      if (line.heldBytes() < LIMITS.connectionBytes()) {
        byte[] part = new byte[random.nextInt(1, LIMITS.segmentBytes())];
        random.nextBytes(part);
        expected.writeBytes(put(part, now + 10));
      }
      sink.appetite = random.nextInt(80);
      line.advance(now);
      line.drainTo(sink);
    }
    sink.appetite = Integer.MAX_VALUE;
    line.advance(now + 10);

    assertThat(line.drainTo(sink)).isTrue();
    assertThat(sink.bytes()).isEqualTo(expected.toByteArray());
    assertThat(line.heldBytes()).isZero();
    assertThat(pool.heldBytes()).isZero();
  }

  @Test
  void whatIsDiscardedGoesBackToThePool() {
    put(new byte[50], 10);
    put(new byte[50], 10);
    assertThat(pool.heldBytes()).isPositive();

    line.discard();

    assertThat(pool.heldBytes()).isZero();
    assertThat(line.nextDueNanos()).isEqualTo(DelayLine.NEVER);
  }

  @Test
  void spaceThatWasNotUsedGoesBackToThePool() {
    assertThat(line.space().remaining()).isEqualTo(LIMITS.segmentBytes());

    line.trim();

    assertThat(pool.heldBytes()).isZero();
  }

  @Test
  void oneSegmentIsGrantedEvenWhenThePoolIsEmpty() {
    while (pool.hasRoom()) {
      pool.take();
    }
    assertThat(line.hasRoom()).isTrue();

    put(new byte[LIMITS.segmentBytes()], 10);

    assertThat(line.hasRoom()).isFalse();
  }

  /** Puts as much of {@code part} as the space given takes, and answers what that was. */
  private byte[] put(byte[] part, long dueNanos) {
    ByteBuffer space = line.space();
    int length = Math.min(part.length, space.remaining());
    space.put(part, 0, length);
    line.arrived(length, dueNanos);
    return Arrays.copyOf(part, length);
  }

  private static final class Sink implements WritableByteChannel {

    private final ByteArrayOutputStream taken = new ByteArrayOutputStream();
    private int appetite = Integer.MAX_VALUE;

    @Override
    public int write(ByteBuffer source) {
      byte[] part = new byte[Math.min(appetite, source.remaining())];
      source.get(part);
      taken.writeBytes(part);
      appetite -= part.length;
      return part.length;
    }

    byte[] bytes() {
      return taken.toByteArray();
    }

    @Override
    public boolean isOpen() {
      return true;
    }

    @Override
    public void close() {}
  }
}
