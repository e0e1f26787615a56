package io.mooseng.bench.core.link.tun;

import io.mooseng.bench.core.link.linux.LinuxCalls;
import io.mooseng.bench.core.link.linux.NativeMemory;
import io.mooseng.bench.core.link.netns.NetworkNamespace;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * A network interface whose packets this program reads and writes (Documentation/networking/tuntap
 * of the Linux kernel). It goes when it is closed, or with the process.
 *
 * <p>Each packet has a {@link VirtioHeader} before it. Reading and writing is for one thread.
 */
final class TunDevice implements AutoCloseable {

  /** Longest name of an interface: IFNAMSIZ less the zero byte. */
  static final int LONGEST_NAME = 15;

  private static final String CLONE_DEVICE = "/dev/net/tun";

  // include/uapi/linux/if_tun.h
  private static final long TUNSETIFF = 0x4004_54caL;
  private static final long TUNSETOFFLOAD = 0x4004_54d0L;
  private static final int IFF_TUN = 0x0001;
  private static final int IFF_NO_PI = 0x1000;
  private static final int IFF_VNET_HDR = 0x4000;
  private static final int TUN_F_CSUM = 0x01;
  private static final int TUN_F_TSO4 = 0x02;
  private static final int TUN_F_TSO_ECN = 0x08;

  // struct ifreq of netdevice(7)
  private static final int IFREQ_BYTES = 40;
  private static final int IFREQ_FLAGS = 16;

  private final String name;
  private final int fd;

  private TunDevice(String name, int fd) {
    this.name = name;
    this.fd = fd;
  }

  /**
   * Makes a device in {@code namespace}, without address and down.
   *
   * @param offloads whether the kernel may hand over what TCP sends in packets of up to 64 KiB,
   *     without checksum, as it does to a network card with TCP segmentation offload
   */
  static TunDevice open(NetworkNamespace namespace, String name, Offloads offloads)
      throws IOException {
    if (name.length() > LONGEST_NAME) {
      throw new IllegalArgumentException(
          "'" + name + "' is longer than " + LONGEST_NAME + " characters");
    }
    return namespace.call(() -> open(name, offloads));
  }

  private static TunDevice open(String name, Offloads offloads) throws IOException {
    int fd = LinuxCalls.open(CLONE_DEVICE, LinuxCalls.O_RDWR | LinuxCalls.O_NONBLOCK);
    try (NativeMemory request = new NativeMemory(IFREQ_BYTES).zeroed()) {
      request.bytes().put(0, name.getBytes(StandardCharsets.US_ASCII));
      request.bytes().putShort(IFREQ_FLAGS, (short) (IFF_TUN | IFF_NO_PI | IFF_VNET_HDR));
      LinuxCalls.ioctl("TUNSETIFF " + name, fd, TUNSETIFF, request.address());
      int flags = offloads == Offloads.TSO ? TUN_F_CSUM | TUN_F_TSO4 | TUN_F_TSO_ECN : 0;
      LinuxCalls.ioctl("TUNSETOFFLOAD " + name, fd, TUNSETOFFLOAD, flags);
    } catch (IOException e) {
      LinuxCalls.close(fd);
      throw e;
    }
    return new TunDevice(name, fd);
  }

  String name() {
    return name;
  }

  int fd() {
    return fd;
  }

  /** Bytes read with their header, or a negative error number. */
  int read(long address, int room) {
    return LinuxCalls.read(fd, address, room);
  }

  /** Bytes written, or a negative error number. */
  int write(long address, int length) {
    return LinuxCalls.write(fd, address, length);
  }

  @Override
  public void close() {
    LinuxCalls.close(fd);
  }
}
