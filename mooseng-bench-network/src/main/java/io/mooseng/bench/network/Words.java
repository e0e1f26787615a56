package io.mooseng.bench.network;

import com.google.protobuf.ByteString;
import io.mooseng.bench.core.random.SeededRandom;
import java.nio.charset.StandardCharsets;

/** Text that compresses: words of a short list in random order. */
final class Words {

  /** The start of many a log line. */
  private static final String[] LIST = {
    "INFO", "WARN", "chunk", "master", "server", "client", "read", "write", "replica", "region",
    "file", "open", "close", "block", "commit", "lease", "timeout", "retry", "bytes", "done"
  };

  private Words() {}

  /** A function of the seed, of exactly so many bytes. */
  static ByteString text(long seed, int bytes) {
    SeededRandom random = new SeededRandom(seed);
    StringBuilder text = new StringBuilder(bytes + LIST.length);
    while (text.length() < bytes) {
      text.append(LIST[(int) random.nextBelow(LIST.length)]).append(' ');
    }
    text.setLength(bytes);
    return ByteString.copyFrom(text.toString(), StandardCharsets.US_ASCII);
  }
}
