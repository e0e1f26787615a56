package io.mooseng.bench.core.server.settings;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/**
 * How a server proves who it is.
 *
 * @param certificateChain X.509 certificates in PEM, the server's own first
 * @param privateKey PKCS #8 in PEM, not encrypted
 * @param clientAuthority certificates in PEM; if present, a client must show a certificate issued
 *     by one of them
 */
public record TlsSettings(Path certificateChain, Path privateKey, Optional<Path> clientAuthority) {

  public TlsSettings {
    Objects.requireNonNull(certificateChain);
    Objects.requireNonNull(privateKey);
    Objects.requireNonNull(clientAuthority);
  }
}
