package io.mooseng.bench.core.target;

import java.nio.ByteBuffer;

/** Hands on what it takes, with one bit flipped and no more than so many bytes. */
final class FaultySink implements FrameSink {

  private final FrameSink sink;
  private final long corruptAt;
  private final long truncateTo;
  private long position;

  /**
   * @param corruptAt the offset of the byte to damage, or -1
   */
  FaultySink(FrameSink sink, long corruptAt, long truncateTo) {
    this.sink = sink;
    this.corruptAt = corruptAt;
    this.truncateTo = truncateTo;
  }

  @Override
  public void accept(ByteBuffer frame) {
    byte[] copy = new byte[frame.remaining()];
    frame.get(copy);
    if (corruptAt >= position && corruptAt < position + copy.length) {
      copy[(int) (corruptAt - position)] ^= 1;
    }
    int kept = (int) Math.max(0, Math.min(copy.length, truncateTo - position));
    position += copy.length;
    if (kept > 0) {
      sink.accept(ByteBuffer.wrap(copy, 0, kept));
    }
  }
}
