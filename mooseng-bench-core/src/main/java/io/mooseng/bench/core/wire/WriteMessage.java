package io.mooseng.bench.core.wire;

import io.mooseng.bench.proto.WriteChunkHeader;

/** What one {@code WriteChunkRequest} holds. */
public sealed interface WriteMessage {

  /** The first message of a write: which chunk, and along which chain. */
  record Header(WriteChunkHeader header) implements WriteMessage {}

  /** A piece of the chunk; close the frame after use. */
  record Data(DataFrame frame) implements WriteMessage {}

  /** A message with neither, which the protocol can express but gives no meaning. */
  record Unset() implements WriteMessage {}
}
