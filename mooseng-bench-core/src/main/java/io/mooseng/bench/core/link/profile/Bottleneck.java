package io.mooseng.bench.core.link.profile;

/**
 * The slowest place of a direction: it sends at a rate, and what arrives meanwhile waits in a queue
 * or is lost.
 *
 * <p>Rate and queue count IP packets, headers included: a full TCP segment carries 1,448 B of data
 * in {@value #PACKET_BYTES} B.
 *
 * @param bitsPerSecond from {@link BitRate#LEAST} to {@link BitRate#MOST}
 * @param queueBytes the room of the queue, with the packet that is being sent; at least one packet
 */
public record Bottleneck(long bitsPerSecond, long queueBytes) {

  /** An IP packet on Ethernet. */
  public static final int PACKET_BYTES = 1_500;

  /** A packet less 20 B of IP header, 20 B of TCP header and 12 B of timestamps (RFC 7323). */
  public static final int PAYLOAD_BYTES = 1_448;

  /** A queue is never shorter by default: 43 packets. */
  static final long LEAST_DEFAULT_QUEUE_BYTES = 64 << 10;

  private static final double BITS_PER_BYTE_SECOND = 8e9;

  public Bottleneck {
    if (bitsPerSecond < BitRate.LEAST || bitsPerSecond > BitRate.MOST) {
      throw new IllegalArgumentException(
          "rate %d bit/s is not accepted; accepted: %d to %d bit/s, or no rate"
              .formatted(bitsPerSecond, BitRate.LEAST, BitRate.MOST));
    }
    if (queueBytes < PACKET_BYTES) {
      throw new IllegalArgumentException(
          "queue of %d B is not accepted; accepted: %d B (one packet) or more"
              .formatted(queueBytes, PACKET_BYTES));
    }
  }

  /**
   * A rate with the queue that a rule of thumb gives it: what the rate sends in one round trip
   * (Villamizar, Song: "High performance TCP in ANSNET", ACM CCR 24, 1994), and never less than 64
   * KiB.
   */
  static Bottleneck withDefaultQueue(long bitsPerSecond, long rttNanos) {
    long oneRoundTrip = (long) (bitsPerSecond * (double) rttNanos / BITS_PER_BYTE_SECOND);
    return new Bottleneck(bitsPerSecond, Math.max(LEAST_DEFAULT_QUEUE_BYTES, oneRoundTrip));
  }

  /** The rate of a TCP stream's data when every segment is full. */
  public double payloadBitsPerSecond() {
    return bitsPerSecond * (double) PAYLOAD_BYTES / PACKET_BYTES;
  }
}
