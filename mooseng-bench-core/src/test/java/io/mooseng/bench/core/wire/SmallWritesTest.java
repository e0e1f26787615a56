package io.mooseng.bench.core.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.netty.shaded.io.netty.buffer.ByteBuf;
import io.grpc.netty.shaded.io.netty.buffer.ByteBufUtil;
import io.grpc.netty.shaded.io.netty.buffer.Unpooled;
import io.grpc.netty.shaded.io.netty.channel.ChannelFuture;
import io.grpc.netty.shaded.io.netty.channel.embedded.EmbeddedChannel;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SmallWritesTest {

  private final EmbeddedChannel channel = new EmbeddedChannel(new SmallWrites());

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void everyByteLeavesOnceAndInOrder(long seed) {
    Random random = new Random(seed);
    ByteArrayOutputStream sent = new ByteArrayOutputStream();
    List<ByteBuf> pieces = new ArrayList<>();
    List<ChannelFuture> writes = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      byte[] piece = new byte[1 + random.nextInt(random.nextInt(10) == 0 ? 40_000 : 99)];
      random.nextBytes(piece);
      sent.writeBytes(piece);
      pieces.add(Unpooled.wrappedBuffer(piece));
      writes.add(channel.write(pieces.get(i)));
      if (random.nextInt(20) == 0) {
        channel.flush();
      }
    }
    channel.flush();

    assertThat(received()).isEqualTo(sent.toByteArray());
    assertThat(writes).allMatch(ChannelFuture::isSuccess);
    assertThat(pieces).allMatch(piece -> piece.refCnt() == 0);
  }

  @Test
  void smallPiecesLeaveAsOneAndLargeOnesAsTheyAre() {
    for (int i = 0; i < 100; i++) {
      channel.write(Unpooled.wrappedBuffer(new byte[9]));
    }
    ByteBuf large = Unpooled.wrappedBuffer(new byte[1025]);
    channel.writeAndFlush(large);

    ByteBuf joined = channel.readOutbound();
    assertThat(joined.readableBytes()).isEqualTo(900);
    joined.release();
    ByteBuf next = channel.readOutbound();
    assertThat(next).isSameAs(large);
    next.release();
    ByteBuf more = channel.readOutbound();
    assertThat(more).isNull();
  }

  @Test
  void whatWasNotFlushedFailsWhenTheConnectionCloses() {
    ChannelFuture write = channel.write(Unpooled.wrappedBuffer(new byte[] {1, 2}));
    channel.close();

    // Nobody flushed it: the channel gives it up, and says so.
    assertThat(write.isDone()).isTrue();
    assertThat(write.isSuccess()).isFalse();
  }

  @Test
  void afterTheEndWritesFailAndNothingIsKept() {
    channel.close();
    ByteBuf piece = Unpooled.wrappedBuffer(new byte[] {1, 2});
    ChannelFuture write = channel.writeAndFlush(piece);

    assertThat(write.isSuccess()).isFalse();
    assertThat(piece.refCnt()).isZero();
  }

  private byte[] received() {
    ByteArrayOutputStream received = new ByteArrayOutputStream();
    for (ByteBuf part = channel.readOutbound(); part != null; part = channel.readOutbound()) {
      received.writeBytes(ByteBufUtil.getBytes(part));
      part.release();
    }
    return received.toByteArray();
  }
}
