package io.mooseng.bench.core.machine.doctor;

import io.mooseng.bench.core.machine.SystemFiles;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.List;

/** What network conditions can be emulated here. Nothing is tried that would change the machine. */
final class NetworkChecks {

  private static final String CONGESTION = "/proc/sys/net/ipv4/tcp_congestion_control";
  private static final List<String> TC_PLACES =
      List.of("/usr/sbin/tc", "/sbin/tc", "/usr/bin/tc", "/bin/tc", "/usr/local/sbin/tc");

  private NetworkChecks() {}

  static Check loopback() {
    String name = "loopback";
    try (ServerSocketChannel server = ServerSocketChannel.open()) {
      server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1);
      try (SocketChannel near = SocketChannel.open(server.getLocalAddress());
          SocketChannel far = server.accept()) {
        near.write(ByteBuffer.wrap(new byte[] {1}));
        return far.read(ByteBuffer.allocate(1)) == 1
            ? Check.ok(name, "a TCP connection over loopback carries data")
            : broken(name, "a connection ended early");
      }
    } catch (IOException e) {
      return broken(name, String.valueOf(e.getMessage()));
    }
  }

  private static Check broken(String name, String why) {
    return Check.missing(
        name, "no TCP over loopback: " + why, "bring it up: ip link set lo up (root)");
  }

  static Check relay() {
    return Check.ok(
        "backend relay",
        "needs no privilege; delays above TCP, not its packets; the only backend of this version");
  }

  static Check tun(SystemFiles files) {
    String name = "packets by tun";
    if (!files.exists("/dev/net/tun")) {
      return Check.missing(
          name, "/dev/net/tun is not there", "modprobe tun; in a container: --device /dev/net/tun");
    }
    Capabilities capabilities = Capabilities.read(files);
    if (!files.writable("/dev/net/tun") || !capabilities.netAdmin() || !capabilities.sysAdmin()) {
      return Check.missing(
          name,
          "/dev/net/tun is there, but this user may not use it",
          "run as root, or with CAP_NET_ADMIN and CAP_SYS_ADMIN (network namespaces)");
    }
    return Check.ok(name, "/dev/net/tun and the privileges are there (not tried)");
  }

  static Check netem(SystemFiles files) {
    String name = "packets by netem";
    KernelOption kernel = KernelOption.read(files, "NET_SCH_NETEM");
    if (kernel == KernelOption.ABSENT) {
      return Check.missing(
          name, "this kernel was built without it", "boot a kernel with CONFIG_NET_SCH_NETEM");
    }
    if (TC_PLACES.stream().noneMatch(files::exists)) {
      return Check.missing(name, "the program tc is not there", "install iproute2");
    }
    if (!Capabilities.read(files).netAdmin()) {
      return Check.missing(name, "no privilege to use it", "run as root, or with CAP_NET_ADMIN");
    }
    return switch (kernel) {
      case BUILT_IN -> Check.ok(name, "built into the kernel (not tried)");
      case MODULE -> module(files, name);
      default ->
          Check.limited(
              name,
              "the kernel's configuration is not published, and nothing was tried",
              "try: modprobe sch_netem");
    };
  }

  private static Check module(SystemFiles files, String name) {
    String release = files.read("/proc/sys/kernel/osrelease").orElse("");
    boolean there =
        files
            .read("/lib/modules/" + release + "/modules.dep")
            .filter(text -> text.contains("/sch_netem.ko"))
            .isPresent();
    return there
        ? Check.ok(name, "a module of this kernel (not tried)")
        : Check.missing(
            name,
            "a module of this kernel that is not installed",
            "install the kernel's extra modules (linux-modules-extra, kernel-modules-extra)");
  }

  static Check congestionControl(SystemFiles files) {
    return files
        .read(CONGESTION)
        .map(algorithm -> Check.ok("congestion control", algorithm))
        .orElseGet(
            () ->
                Check.limited(
                    "congestion control",
                    "not told by the kernel",
                    "record it by hand: emulated loss depends on it"));
  }
}
