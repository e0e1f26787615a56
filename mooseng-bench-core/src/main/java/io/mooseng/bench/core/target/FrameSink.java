package io.mooseng.bench.core.target;

import java.nio.ByteBuffer;

/** Takes the content of a file as it arrives, in order and without gaps. */
@FunctionalInterface
public interface FrameSink {

  /**
   * Takes the next bytes of the file. The buffer is the driver's: valid only during the call, and
   * all of its remaining bytes are consumed.
   */
  void accept(ByteBuffer frame);
}
