package io.mooseng.bench.core.wire;

import io.grpc.Metadata;

/**
 * What a server of ours tells of a call, in its trailers, if the client asked for it in its
 * headers. No part of MooseNG's protocol: others ignore the question.
 *
 * @param receivedNanos when the call's headers had arrived, by {@link System#nanoTime} of the
 *     server
 * @param finishedNanos when the service had ended the call, by the same clock
 * @param domain whose clock that is; see {@link ClockDomain}
 */
public record ServerTiming(long receivedNanos, long finishedNanos, String domain) {

  /** Asks; the value says nothing. */
  public static final Metadata.Key<String> WANTED =
      Metadata.Key.of("mooseng-bench-timing-wanted", Metadata.ASCII_STRING_MARSHALLER);

  /** Answers. */
  public static final Metadata.Key<ServerTiming> ANSWER =
      Metadata.Key.of("mooseng-bench-timing", new Marshaller());

  private static final int RADIX = 16;
  private static final ServerTiming UNREADABLE = new ServerTiming(0, 0, "");

  /** Received, finished and domain in hexadecimal, with a space between them. */
  private static final class Marshaller implements Metadata.AsciiMarshaller<ServerTiming> {

    @Override
    public String toAsciiString(ServerTiming timing) {
      return Long.toString(timing.receivedNanos, RADIX)
          + ' '
          + Long.toString(timing.finishedNanos, RADIX)
          + ' '
          + timing.domain;
    }

    /** What cannot be read is of no domain. */
    @Override
    public ServerTiming parseAsciiString(String text) {
      int first = text.indexOf(' ');
      int second = text.indexOf(' ', first + 1);
      if (first < 0 || second < 0) {
        return UNREADABLE;
      }
      try {
        return new ServerTiming(
            Long.parseLong(text, 0, first, RADIX),
            Long.parseLong(text, first + 1, second, RADIX),
            text.substring(second + 1));
      } catch (NumberFormatException e) {
        return UNREADABLE;
      }
    }
  }
}
