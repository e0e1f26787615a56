package io.mooseng.bench.network;

import com.google.protobuf.ByteString;
import io.mooseng.bench.proto.ProbeAnswer;
import io.mooseng.bench.proto.ProbeFrame;
import io.mooseng.bench.proto.ProbeSummary;
import java.util.Optional;
import java.util.zip.CRC32C;

/** Whether the bytes that arrived are those that were sent; what is wrong, in one line, if not. */
final class Arrived {

  private Arrived() {}

  /** What a client received. */
  static Optional<String> here(ByteString expected, ByteString received) {
    if (received.size() != expected.size()) {
      return Optional.of(received.size() + " B arrived of " + expected.size() + " B");
    }
    return received.equals(expected)
        ? Optional.empty()
        : Optional.of("other bytes arrived than were sent");
  }

  /** What a server received, as it answered. */
  static Optional<String> atServer(ByteString sent, ProbeAnswer answer) {
    return summary(
        answer.getReceivedBytes(), sent.size(), answer.getReceivedCrc32C(), crc32c(sent, 1));
  }

  /** What a server received in a stream of frames that are all alike. */
  static Optional<String> atServer(ByteString frame, int frames, ProbeSummary answer) {
    return answer.getFrames() != frames
        ? Optional.of(answer.getFrames() + " frames arrived of " + frames)
        : summary(
            answer.getBytes(),
            (long) frame.size() * frames,
            answer.getCrc32C(),
            crc32c(frame, frames));
  }

  private static Optional<String> summary(long received, long sent, int crc, int expectedCrc) {
    if (received != sent) {
      return Optional.of(received + " B arrived at the server of " + sent + " B");
    }
    return crc == expectedCrc
        ? Optional.empty()
        : Optional.of("the server received other bytes than were sent");
  }

  /** A frame that came back, or was sent by the server. */
  static Optional<String> frame(long number, ByteString data, ProbeFrame frame) {
    return frame.getNumber() == number
        ? here(data, frame.getData())
        : Optional.of("frame " + frame.getNumber() + " arrived as number " + number);
  }

  /** CRC32C (RFC 3720, appendix B.4) of {@code times} times the same bytes. */
  static int crc32c(ByteString bytes, int times) {
    CRC32C crc = new CRC32C();
    for (int i = 0; i < times; i++) {
      bytes.asReadOnlyByteBufferList().forEach(crc::update);
    }
    return (int) crc.getValue();
  }
}
