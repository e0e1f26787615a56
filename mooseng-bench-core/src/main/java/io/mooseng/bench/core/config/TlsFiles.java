package io.mooseng.bench.core.config;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * PEM files for TLS.
 *
 * @param ca certificates to trust instead of the JDK's
 * @param certificate chain to present; needs {@code key}
 * @param key private key of the certificate, PKCS #8; needs {@code certificate}
 */
public record TlsFiles(Optional<Path> ca, Optional<Path> certificate, Optional<Path> key) {

  /** Plain text. */
  public static final TlsFiles NONE =
      new TlsFiles(Optional.empty(), Optional.empty(), Optional.empty());

  public TlsFiles {
    if (certificate.isPresent() != key.isPresent()) {
      throw new ConfigurationException(
          "--tls-cert and --tls-key belong together: give both or neither");
    }
    ca.ifPresent(file -> requireReadable("--tls-ca", file));
    certificate.ifPresent(file -> requireReadable("--tls-cert", file));
    key.ifPresent(file -> requireReadable("--tls-key", file));
  }

  private static void requireReadable(String option, Path file) {
    if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
      throw new ConfigurationException(option + " " + file + ": not a readable file");
    }
  }

  /** Whether connections are encrypted. */
  public boolean enabled() {
    return ca.isPresent() || certificate.isPresent();
  }
}
