package io.mooseng.bench.core.target.grpc;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/**
 * The PEM files of a TLS connection.
 *
 * @param authority certificates the server's must be signed by
 * @param identity what this client proves itself with, where the server asks (mutual TLS)
 */
public record TlsFiles(Path authority, Optional<ClientIdentity> identity) {

  public TlsFiles {
    requireReadable("--tls-ca", authority);
    Objects.requireNonNull(identity);
  }

  /**
   * @param certificate the client's certificate chain
   * @param key its private key, PKCS#8 without a password
   */
  public record ClientIdentity(Path certificate, Path key) {
    public ClientIdentity {
      requireReadable("--tls-cert", certificate);
      requireReadable("--tls-key", key);
    }
  }

  private static void requireReadable(String option, Path file) {
    if (!Files.isReadable(file)) {
      throw new IllegalArgumentException(
          option + " '" + file + "' cannot be read; accepted: a readable PEM file");
    }
  }
}
