package io.mooseng.bench.core.server;

import io.grpc.InsecureServerCredentials;
import io.grpc.ServerCredentials;
import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.grpc.netty.NettySslContextServerCredentials;
import io.grpc.netty.shaded.io.netty.handler.ssl.ClientAuth;
import io.grpc.netty.shaded.io.netty.handler.ssl.OpenSslServerSessionContext;
import io.grpc.netty.shaded.io.netty.handler.ssl.OpenSslSessionTicketKey;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContext;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContextBuilder;
import io.mooseng.bench.core.server.settings.TlsSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Optional;

/** How a server proves who it is, and lets clients come back without proving it again. */
final class ServerTls {

  private ServerTls() {}

  /**
   * @throws IOException if a file cannot be used
   */
  static ServerCredentials credentials(Optional<TlsSettings> tls) throws IOException {
    if (tls.isEmpty()) {
      return InsecureServerCredentials.create();
    }
    try {
      SslContextBuilder builder =
          GrpcSslContexts.forServer(
              tls.get().certificateChain().toFile(), tls.get().privateKey().toFile());
      Optional<Path> authority = tls.get().clientAuthority();
      if (authority.isPresent()) {
        builder.trustManager(authority.get().toFile()).clientAuth(ClientAuth.REQUIRE);
      }
      SslContext context = builder.build();
      offerTickets(context);
      return NettySslContextServerCredentials.create(context);
    } catch (IllegalArgumentException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  /** Netty offers none with OpenSSL unless it is given a key; the JDK's TLS does by itself. */
  private static void offerTickets(SslContext context) {
    if (context.sessionContext() instanceof OpenSslServerSessionContext sessions) {
      SecureRandom random = new SecureRandom();
      sessions.setTicketKeys(
          new OpenSslSessionTicketKey(
              bytes(random, OpenSslSessionTicketKey.NAME_SIZE),
              bytes(random, OpenSslSessionTicketKey.HMAC_KEY_SIZE),
              bytes(random, OpenSslSessionTicketKey.AES_KEY_SIZE)));
    }
  }

  private static byte[] bytes(SecureRandom random, int count) {
    byte[] bytes = new byte[count];
    random.nextBytes(bytes);
    return bytes;
  }
}
