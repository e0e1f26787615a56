package io.mooseng.bench.core.wire;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;

/**
 * Which processes read the same monotonic clock, so that times of {@link System#nanoTime} of one
 * may be set against those of another.
 *
 * <p>On Linux that is CLOCK_MONOTONIC (clock_gettime(2)), one for all processes since the kernel
 * booted: known by the id of the boot, by the time namespace, which may shift it
 * (time_namespaces(7)), and by the host's name, as virtual machines that were copied while they ran
 * share the id of their boot. Elsewhere nothing is known of it, and no two processes are of one
 * domain.
 */
public final class ClockDomain {

  private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");
  private static final Path TIME_NAMESPACE = Path.of("/proc/self/ns/time");
  private static final String UNSHARED = "no time namespaces";
  private static final int TEXT_CHARS = 16;

  private static final Optional<String> OWN = find(BOOT_ID, TIME_NAMESPACE);

  private ClockDomain() {}

  /** The domain of this process, {@value #TEXT_CHARS} hexadecimal digits; empty if unknown. */
  public static Optional<String> own() {
    return OWN;
  }

  static Optional<String> find(Path bootId, Path timeNamespace) {
    try {
      String boot = Files.readString(bootId).strip();
      String namespace =
          Files.isSymbolicLink(timeNamespace)
              ? Files.readSymbolicLink(timeNamespace).toString()
              : UNSHARED;
      String host = InetAddress.getLocalHost().getHostName();
      return Optional.of(digest(boot + '\n' + namespace + '\n' + host));
    } catch (IOException | UnsupportedOperationException e) {
      return Optional.empty();
    }
  }

  private static String digest(String text) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return java.util.HexFormat.of().formatHex(hash, 0, TEXT_CHARS / 2);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
