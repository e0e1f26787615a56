package io.mooseng.bench.core.wire;

import io.grpc.netty.shaded.io.netty.buffer.ByteBuf;
import io.grpc.netty.shaded.io.netty.channel.ChannelHandlerContext;
import io.grpc.netty.shaded.io.netty.channel.ChannelOutboundHandlerAdapter;
import io.grpc.netty.shaded.io.netty.channel.ChannelPromise;
import io.grpc.netty.shaded.io.netty.util.concurrent.Future;
import java.util.ArrayList;
import java.util.List;

/**
 * Joins what is written in small pieces before a flush: HTTP/2 writes the header and the content of
 * each frame apart, and handing some dozens of pieces to the system costs more than copying them.
 * Large pieces pass as they are. Order is kept.
 *
 * <p>Belongs to one connection and runs in its event loop.
 */
final class SmallWrites extends ChannelOutboundHandlerAdapter {

  /**
   * Most bytes of a piece that is copied: what follows it in the socket's buffer is cheap anyway.
   */
  private static final int SMALL_BYTES = 1024;

  private static final int JOINED_BYTES = 16 * 1024;

  private ByteBuf joined;
  private List<ChannelPromise> promises = new ArrayList<>();

  @Override
  public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
    if (message instanceof ByteBuf piece && piece.readableBytes() <= SMALL_BYTES) {
      join(context, piece, promise);
    } else {
      pass(context);
      context.write(message, promise);
    }
  }

  private void join(ChannelHandlerContext context, ByteBuf piece, ChannelPromise promise) {
    if (joined != null && joined.writableBytes() < piece.readableBytes()) {
      pass(context);
    }
    if (joined == null) {
      joined = context.alloc().ioBuffer(JOINED_BYTES, JOINED_BYTES);
    }
    joined.writeBytes(piece);
    piece.release();
    if (!promise.isVoid()) {
      promises.add(promise);
    }
  }

  /** Writes what was joined so far; the promise of each piece is that of the whole. */
  private void pass(ChannelHandlerContext context) {
    if (joined == null) {
      return;
    }
    ByteBuf whole = joined;
    List<ChannelPromise> waiting = promises;
    joined = null;
    promises = new ArrayList<>();
    context.write(whole).addListener(done -> tell(waiting, done));
  }

  private static void tell(List<ChannelPromise> waiting, Future<?> done) {
    for (ChannelPromise promise : waiting) {
      if (done.isSuccess()) {
        promise.trySuccess();
      } else {
        promise.tryFailure(done.cause());
      }
    }
  }

  @Override
  public void flush(ChannelHandlerContext context) {
    pass(context);
    context.flush();
  }

  @Override
  public void close(ChannelHandlerContext context, ChannelPromise promise) {
    pass(context);
    context.close(promise);
  }

  @Override
  public void disconnect(ChannelHandlerContext context, ChannelPromise promise) {
    pass(context);
    context.disconnect(promise);
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext context) {
    pass(context);
  }
}
