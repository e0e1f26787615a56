package io.mooseng.bench.multiregion.replica;

import io.mooseng.bench.core.server.namespace.Command;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * What stands in one entry of the log, and what is answered to it: one message as it is, or several
 * that were ordered together, each after its length, behind a byte that no command and no reply
 * begins with.
 */
final class Entry {

  private static final byte SEVERAL = -1;

  private Entry() {}

  /** The form of messages that are ordered together. */
  static ByteBuffer of(List<ByteBuffer> messages) {
    if (messages.size() == 1) {
      return messages.get(0);
    }
    int length = 1;
    for (ByteBuffer message : messages) {
      length += Integer.BYTES + message.remaining();
    }
    ByteBuffer entry = ByteBuffer.allocate(length).put(SEVERAL);
    for (ByteBuffer message : messages) {
      entry.putInt(message.remaining()).put(message);
    }
    return entry.flip();
  }

  /**
   * The messages of an entry, in their order.
   *
   * @throws IllegalArgumentException if it was cut off
   */
  static List<ByteBuffer> split(ByteBuffer entry) {
    if (!entry.hasRemaining() || entry.get(entry.position()) != SEVERAL) {
      return List.of(entry);
    }
    List<ByteBuffer> messages = new ArrayList<>();
    entry.get();
    while (entry.hasRemaining()) {
      int length = entry.remaining() < Integer.BYTES ? -1 : entry.getInt();
      if (length < 0 || length > entry.remaining()) {
        throw new IllegalArgumentException("an entry of the log is cut off");
      }
      messages.add(entry.slice(entry.position(), length));
      entry.position(entry.position() + length);
    }
    return messages;
  }

  /** The command that a message is. */
  static Command command(ByteBuffer message) {
    byte[] bytes = new byte[message.remaining()];
    message.get(bytes);
    return Command.parse(bytes);
  }
}
