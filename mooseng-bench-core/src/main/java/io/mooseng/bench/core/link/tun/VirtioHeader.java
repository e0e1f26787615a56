package io.mooseng.bench.core.link.tun;

import java.nio.ByteBuffer;

/**
 * What stands before a packet of a device with offloads: struct virtio_net_hdr of
 * include/uapi/linux/virtio_net.h, in the byte order of this machine.
 */
final class VirtioHeader {

  static final int BYTES = 10;

  // u8 flags; u8 gso_type; u16 hdr_len; u16 gso_size; u16 csum_start; u16 csum_offset
  private static final int FLAGS = 0;
  private static final int TYPE = 1;
  private static final int HEADERS = 2;
  private static final int SEGMENT = 4;
  private static final int CHECKSUM_START = 6;
  private static final int CHECKSUM_OFFSET = 8;

  private static final int NEEDS_CHECKSUM = 1;
  private static final int GSO_NONE = 0;
  private static final int ECN = 0x80;

  private VirtioHeader() {}

  /** Payload of each packet that this one stands for; 0 if it stands for itself alone. */
  static int segmentBytes(ByteBuffer memory, int at) {
    int type = memory.get(at + TYPE) & 0xff & ~ECN;
    return type == GSO_NONE ? 0 : memory.getShort(at + SEGMENT) & 0xffff;
  }

  /** Says that the packet stands for itself alone. */
  static void setSingle(ByteBuffer memory, int at) {
    memory.put(at + TYPE, (byte) GSO_NONE);
    memory.putShort(at + SEGMENT, (short) 0);
    memory.putShort(at + HEADERS, (short) 0);
  }

  static boolean needsChecksum(ByteBuffer memory, int at) {
    return (memory.get(at + FLAGS) & NEEDS_CHECKSUM) != 0;
  }

  static void setChecksumDone(ByteBuffer memory, int at) {
    memory.put(at + FLAGS, (byte) 0);
    memory.putShort(at + CHECKSUM_START, (short) 0);
    memory.putShort(at + CHECKSUM_OFFSET, (short) 0);
  }

  /** Where in the packet the bytes start that the checksum covers. */
  static int checksumStart(ByteBuffer memory, int at) {
    return memory.getShort(at + CHECKSUM_START) & 0xffff;
  }

  /** Where it is stored, counted from there. */
  static int checksumOffset(ByteBuffer memory, int at) {
    return memory.getShort(at + CHECKSUM_OFFSET) & 0xffff;
  }
}
