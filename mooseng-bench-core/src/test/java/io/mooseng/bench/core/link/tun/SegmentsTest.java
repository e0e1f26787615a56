package io.mooseng.bench.core.link.tun;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class SegmentsTest {

  private static final int IP_BYTES = 20;
  private static final int OPTIONS_BYTES = 12;
  private static final int TCP_BYTES = 20 + OPTIONS_BYTES;
  private static final int HEADERS = IP_BYTES + TCP_BYTES;
  private static final int AT = 77; // packets do not lie at the start of their memory
  private static final int SEQUENCE = 0xffff_fff0; // wraps within the packet
  private static final int FLAGS = 0x80 | 0x10 | 0x08 | 0x01; // CWR ACK PSH FIN
  private static final int TCP = 6;

  private final ByteBuffer out = ByteBuffer.allocate(70_000).order(ByteOrder.nativeOrder());

  /** Parts of a packet, however it is parted, carry on where the one before ended. */
  @RepeatedTest(50)
  void partsAddUpToTheWhole(RepetitionInfo repetition) {
    Random random = new Random(repetition.getCurrentRepetition());
    int segment = 1 + random.nextInt(2_000);
    byte[] payload = new byte[1 + random.nextInt(60_000)];
    random.nextBytes(payload);
    int segments = (payload.length + segment - 1) / segment;
    ByteBuffer memory = packet(payload, segments == 1 ? 0 : segment);
    int length = VirtioHeader.BYTES + HEADERS + payload.length;
    assertThat(Segments.isIpv4(memory, AT, length)).isTrue();
    assertThat(Segments.destination(memory, AT)).isEqualTo(0x0a0b_0c0d);
    assertThat(Segments.count(memory, AT, length)).isEqualTo(segments);

    int first = 0;
    int done = 0;
    while (first < segments) {
      int taken = 1 + random.nextInt(segments - first);
      boolean last = first + taken == segments;
      int bytes =
          segments == 1
              ? copyWhole(memory, length)
              : Segments.extract(memory, AT, length, first, taken, out);
      int part = bytes - VirtioHeader.BYTES - HEADERS;

      assertThat(part).isEqualTo(last ? payload.length - done : taken * segment);
      assertPayload(payload, done, part);
      assertHeaders(part, done, first, last);
      assertWireBytes(memory, length, first, taken, segments, part);
      assertThat(VirtioHeader.segmentBytes(out, 0)).isEqualTo(part <= segment ? 0 : segment);
      Segments.completeChecksum(out, bytes);
      assertChecksumOfTcp(part);
      done += part;
      first += taken;
    }
    assertThat(done).isEqualTo(payload.length);
  }

  private int copyWhole(ByteBuffer memory, int length) {
    out.put(0, memory, AT, length);
    return length;
  }

  private void assertPayload(byte[] payload, int from, int bytes) {
    byte[] found = new byte[bytes];
    out.get(VirtioHeader.BYTES + HEADERS, found);
    assertThat(found).isEqualTo(Arrays.copyOfRange(payload, from, from + bytes));
  }

  private void assertHeaders(int part, int done, int first, boolean last) {
    ByteBuffer network = out.duplicate().order(ByteOrder.BIG_ENDIAN);
    int ip = VirtioHeader.BYTES;
    assertThat(network.getShort(ip + 2) & 0xffff).as("length").isEqualTo(HEADERS + part);
    assertThat(network.getShort(ip + 4) & 0xffff).as("id").isEqualTo(4_000 + first);
    assertThat(onesComplementSum(network, ip, IP_BYTES)).as("IP checksum").isEqualTo(0xffff);
    int tcp = ip + IP_BYTES;
    assertThat(network.getInt(tcp + 4)).as("sequence").isEqualTo(SEQUENCE + done);
    int flags = FLAGS & (first > 0 ? ~0x80 : ~0) & (last ? ~0 : ~0x09);
    assertThat(network.get(tcp + 13) & 0xff).as("flags").isEqualTo(flags);
    assertThat(network.get(tcp + 20)).as("an option").isEqualTo((byte) 0x5a);
  }

  private static void assertWireBytes(
      ByteBuffer memory, int length, int first, int taken, int segments, int part) {
    int sum = 0;
    for (int i = first; i < first + taken; i++) {
      sum += Segments.wireBytes(memory, AT, length, i, segments);
    }
    assertThat(sum).isEqualTo(taken * HEADERS + part);
  }

  /** RFC 9293 section 3.1: pseudo header, header and payload add up to all ones. */
  private void assertChecksumOfTcp(int part) {
    ByteBuffer network = out.duplicate().order(ByteOrder.BIG_ENDIAN);
    int ip = VirtioHeader.BYTES;
    long sum = onesComplementSum(network, ip + IP_BYTES, TCP_BYTES + part);
    sum += onesComplementSum(network, ip + 12, 8) + TCP + TCP_BYTES + part;
    while (sum > 0xffff) {
      sum = (sum & 0xffff) + (sum >>> 16);
    }
    assertThat(sum).as("TCP checksum").isEqualTo(0xffff);
    assertThat(VirtioHeader.needsChecksum(out, 0)).isFalse();
  }

  private static int onesComplementSum(ByteBuffer network, int from, int bytes) {
    long sum = 0;
    for (int i = 0; i < bytes; i++) {
      int value = network.get(from + i) & 0xff;
      sum += i % 2 == 0 ? value << 8 : value;
    }
    while (sum > 0xffff) {
      sum = (sum & 0xffff) + (sum >>> 16);
    }
    return (int) sum;
  }

  @Test
  void otherPacketsAreNotIpv4() {
    ByteBuffer memory = ByteBuffer.allocate(100).order(ByteOrder.nativeOrder());
    memory.put(AT + VirtioHeader.BYTES, (byte) 0x60);

    assertThat(Segments.isIpv4(memory, AT, 60)).isFalse();
    memory.put(AT + VirtioHeader.BYTES, (byte) 0x45);
    assertThat(Segments.isIpv4(memory, AT, VirtioHeader.BYTES + IP_BYTES - 1)).isFalse();
    assertThat(Segments.isIpv4(memory, AT, VirtioHeader.BYTES + IP_BYTES)).isTrue();
  }

  /** As the kernel hands it over: the checksum field holds the sum of the pseudo header. */
  private static ByteBuffer packet(byte[] payload, int segment) {
    int total = HEADERS + payload.length;
    ByteBuffer memory = ByteBuffer.allocate(AT + VirtioHeader.BYTES + total);
    memory.order(ByteOrder.nativeOrder());
    memory.put(AT, (byte) 1); // VIRTIO_NET_HDR_F_NEEDS_CSUM
    memory.put(AT + 1, (byte) (segment == 0 ? 0 : 1)); // VIRTIO_NET_HDR_GSO_TCPV4
    memory.putShort(AT + 2, (short) HEADERS);
    memory.putShort(AT + 4, (short) segment);
    memory.putShort(AT + 6, (short) IP_BYTES);
    memory.putShort(AT + 8, (short) 16);
    ByteBuffer network = memory.duplicate().order(ByteOrder.BIG_ENDIAN);
    int ip = AT + VirtioHeader.BYTES;
    network.put(ip, (byte) 0x45);
    network.putShort(ip + 2, (short) total);
    network.putShort(ip + 4, (short) 4_000);
    network.put(ip + 8, (byte) 64);
    network.put(ip + 9, (byte) TCP);
    network.putInt(ip + 12, 0xc612_0001);
    network.putInt(ip + 16, 0x0a0b_0c0d);
    network.putShort(ip + 10, (short) ~onesComplementSum(network, ip, IP_BYTES));
    int tcp = ip + IP_BYTES;
    network.putInt(tcp + 4, SEQUENCE);
    network.put(tcp + 12, (byte) (TCP_BYTES / 4 << 4));
    network.put(tcp + 13, (byte) FLAGS);
    network.put(tcp + 20, (byte) 0x5a);
    long pseudo = onesComplementSum(network, ip + 12, 8) + TCP + TCP_BYTES + payload.length;
    network.putShort(tcp + 16, (short) ((pseudo & 0xffff) + (pseudo >>> 16)));
    network.put(tcp + TCP_BYTES, payload);
    return memory;
  }
}
