package io.mooseng.bench.core.link.tun;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The packets on the wire that one packet of a device stands for, and how some of them are taken
 * out of it: what a network card does for TCP over IPv4 (RFC 9293, RFC 791).
 *
 * <p>A packet is described by where its {@link VirtioHeader} lies. Numbers in packets have network
 * byte order, those before them this machine's. Stateless.
 */
final class Segments {

  private static final int IP_TOTAL_LENGTH = 2;
  private static final int IP_ID = 4;
  private static final int IP_PROTOCOL = 9;
  private static final int IP_CHECKSUM = 10;
  private static final int IP_SOURCE = 12;
  private static final int IP_DESTINATION = 16;
  private static final int LEAST_IP_HEADER = 20;
  private static final int IPV4 = 4;

  private static final int TCP_SEQUENCE = 4;
  private static final int TCP_DATA_OFFSET = 12;
  private static final int TCP_FLAGS = 13;
  private static final int TCP_CHECKSUM = 16;
  private static final int FIN = 0x01;
  private static final int PSH = 0x08;
  private static final int CWR = 0x80;

  private Segments() {}

  /** Whether a packet of {@code length} bytes, with the header before it, is whole IPv4. */
  static boolean isIpv4(ByteBuffer memory, int at, int length) {
    int packet = at + VirtioHeader.BYTES;
    return length >= VirtioHeader.BYTES + LEAST_IP_HEADER
        && (memory.get(packet) & 0xf0) >> 4 == IPV4;
  }

  /** The address a packet is for, as a number. */
  static int destination(ByteBuffer memory, int at) {
    return networkInt(memory, at + VirtioHeader.BYTES + IP_DESTINATION);
  }

  /** How many packets on the wire it stands for. */
  static int count(ByteBuffer memory, int at, int length) {
    int segment = VirtioHeader.segmentBytes(memory, at);
    if (segment == 0) {
      return 1;
    }
    int payload = length - VirtioHeader.BYTES - headers(memory, at);
    return Math.max(1, (payload + segment - 1) / segment);
  }

  /** Length on the wire, headers of IP included, of packet {@code index} of {@code count}. */
  static int wireBytes(ByteBuffer memory, int at, int length, int index, int count) {
    int packet = length - VirtioHeader.BYTES;
    if (count == 1) {
      return packet;
    }
    int headers = headers(memory, at);
    int segment = VirtioHeader.segmentBytes(memory, at);
    return headers + Math.min(segment, packet - headers - index * segment);
  }

  private static int headers(ByteBuffer memory, int at) {
    int packet = at + VirtioHeader.BYTES;
    int ip = ipHeader(memory, packet);
    return ip + ((memory.get(packet + ip + TCP_DATA_OFFSET) & 0xf0) >> 2);
  }

  private static int ipHeader(ByteBuffer memory, int packet) {
    return (memory.get(packet) & 0x0f) << 2;
  }

  /**
   * Takes {@code taken} packets out, from {@code first} on.
   *
   * @param out where they are put as one packet, from its start, with a header before it
   * @return how many bytes that takes
   */
  static int extract(ByteBuffer memory, int at, int length, int first, int taken, ByteBuffer out) {
    int headers = headers(memory, at);
    int segment = VirtioHeader.segmentBytes(memory, at);
    int payload = length - VirtioHeader.BYTES - headers;
    int from = first * segment;
    int bytes = Math.min(taken * segment, payload - from);
    boolean last = from + bytes == payload;
    int prefix = VirtioHeader.BYTES + headers;
    out.put(0, memory, at, prefix);
    out.put(prefix, memory, at + prefix + from, bytes);
    if (bytes <= segment) {
      VirtioHeader.setSingle(out, 0);
    }
    rewriteIp(out, headers + bytes, first);
    rewriteTcp(out, headers + bytes, from, first > 0, last);
    return prefix + bytes;
  }

  private static void rewriteIp(ByteBuffer out, int totalLength, int first) {
    int ip = VirtioHeader.BYTES;
    putNetworkShort(out, ip + IP_TOTAL_LENGTH, totalLength);
    putNetworkShort(out, ip + IP_ID, networkShort(out, ip + IP_ID) + first);
    putNetworkShort(out, ip + IP_CHECKSUM, 0);
    int sum = fold(sum(out, ip, ipHeader(out, ip)));
    putNetworkShort(out, ip + IP_CHECKSUM, ~sum);
  }

  private static void rewriteTcp(
      ByteBuffer out, int totalLength, int from, boolean continues, boolean last) {
    int ip = VirtioHeader.BYTES;
    int tcp = ip + ipHeader(out, ip);
    int sequence = networkInt(out, tcp + TCP_SEQUENCE) + from;
    out.putShort(tcp + TCP_SEQUENCE, network((short) (sequence >>> 16)));
    out.putShort(tcp + TCP_SEQUENCE + 2, network((short) sequence));
    int flags = out.get(tcp + TCP_FLAGS);
    flags &= last ? ~0 : ~(FIN | PSH);
    flags &= continues ? ~CWR : ~0;
    out.put(tcp + TCP_FLAGS, (byte) flags);
    putNetworkShort(out, tcp + TCP_CHECKSUM, pseudoHeader(out, totalLength));
  }

  /** What the checksum field holds until the checksum is made, RFC 9293 section 3.1. */
  private static int pseudoHeader(ByteBuffer out, int totalLength) {
    int ip = VirtioHeader.BYTES;
    long sum = sum(out, ip + IP_SOURCE, 8);
    sum += out.get(ip + IP_PROTOCOL) & 0xff;
    sum += totalLength - ipHeader(out, ip);
    return fold(sum);
  }

  /**
   * Makes the checksum that was left to the device, so that what is changed afterwards is noticed.
   *
   * @param length of the one packet at the start of {@code out}, with the header before it
   */
  static void completeChecksum(ByteBuffer out, int length) {
    if (!VirtioHeader.needsChecksum(out, 0)) {
      return;
    }
    int start = VirtioHeader.BYTES + VirtioHeader.checksumStart(out, 0);
    int field = start + VirtioHeader.checksumOffset(out, 0);
    // The field holds the sum of the pseudo header, so it counts as it is.
    int checksum = ~fold(sum(out, start, length - start)) & 0xffff;
    putNetworkShort(out, field, checksum == 0 ? 0xffff : checksum); // RFC 768: 0 means none
    VirtioHeader.setChecksumDone(out, 0);
  }

  private static long sum(ByteBuffer memory, int from, int bytes) {
    long sum = 0;
    for (int i = 0; i + 1 < bytes; i += 2) {
      sum += networkShort(memory, from + i);
    }
    return bytes % 2 == 0 ? sum : sum + ((memory.get(from + bytes - 1) & 0xff) << 8);
  }

  private static int fold(long sum) {
    long folded = sum;
    while (folded > 0xffff) {
      folded = (folded & 0xffff) + (folded >>> 16);
    }
    return (int) folded;
  }

  private static int networkInt(ByteBuffer memory, int at) {
    return networkShort(memory, at) << 16 | networkShort(memory, at + 2);
  }

  private static int networkShort(ByteBuffer memory, int at) {
    return network(memory.getShort(at)) & 0xffff;
  }

  private static void putNetworkShort(ByteBuffer memory, int at, int value) {
    memory.putShort(at, network((short) value));
  }

  private static short network(short value) {
    return ByteOrder.nativeOrder() == ByteOrder.BIG_ENDIAN ? value : Short.reverseBytes(value);
  }
}
