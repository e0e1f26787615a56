package io.mooseng.bench.core.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.ChannelCredentials;
import io.grpc.InsecureChannelCredentials;
import io.grpc.TlsChannelCredentials;
import io.mooseng.bench.core.server.settings.ServerSettings;
import io.mooseng.bench.core.server.settings.TlsSettings;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class TlsTest {

  private static final char[] PASSWORD = "changeit".toCharArray();

  /** A certificate that signs itself, and its key, in PEM files. */
  private record Identity(Path certificate, Path key) {}

  @TempDir static Path directory;
  private static Identity server;
  private static Identity friend;
  private static Identity stranger;

  @BeforeAll
  static void makeIdentities() throws Exception {
    server = identity("server");
    friend = identity("friend");
    stranger = identity("stranger");
  }

  private static Identity identity(String name) throws Exception {
    Path store = directory.resolve(name + ".p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                name,
                "-dname",
                "CN=localhost",
                "-keyalg",
                "EC",
                "-ext",
                "san=dns:localhost",
                "-ext",
                "bc=ca:true",
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass",
                new String(PASSWORD))
            .inheritIO()
            .start();
    assertThat(keytool.waitFor()).isZero();
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, PASSWORD);
    }
    return new Identity(
        pem(name + ".crt", "CERTIFICATE", keys.getCertificate(name).getEncoded()),
        pem(name + ".key", "PRIVATE KEY", keys.getKey(name, PASSWORD).getEncoded()));
  }

  private static Path pem(String file, String type, byte[] der) throws Exception {
    String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    return Files.writeString(
        directory.resolve(file),
        "-----BEGIN " + type + "-----\n" + body + "\n-----END " + type + "-----\n");
  }

  private static MooseNgServer start(Optional<Path> clientAuthority) throws Exception {
    return MooseNgServer.start(
        ServerSettings.inMemory()
            .withTls(new TlsSettings(server.certificate(), server.key(), clientAuthority)));
  }

  private static ChannelCredentials credentials(Identity trusted, Optional<Identity> own)
      throws Exception {
    TlsChannelCredentials.Builder credentials =
        TlsChannelCredentials.newBuilder().trustManager(trusted.certificate().toFile());
    if (own.isPresent()) {
      credentials.keyManager(own.get().certificate().toFile(), own.get().key().toFile());
    }
    return credentials.build();
  }

  @Test
  void aClientThatTrustsTheServerIsServed() throws Exception {
    try (MooseNgServer tls = start(Optional.empty());
        Client client = new Client(tls, credentials(server, Optional.empty()))) {
      assertThat(client.session).isNotZero();
    }
  }

  @Test
  void anotherServerAndPlaintextAreNoticed() throws Exception {
    try (MooseNgServer tls = start(Optional.empty())) {
      assertThatThrownBy(() -> new Client(tls, credentials(stranger, Optional.empty())))
          .hasMessageStartingWith("UNAVAILABLE");
      assertThatThrownBy(() -> new Client(tls, InsecureChannelCredentials.create()))
          .hasMessageStartingWith("UNAVAILABLE");
    }
  }

  @Test
  void aClientMustShowACertificateWhereAnAuthorityIsNamed() throws Exception {
    try (MooseNgServer tls = start(Optional.of(friend.certificate()))) {
      try (Client client = new Client(tls, credentials(server, Optional.of(friend)))) {
        assertThat(client.session).isNotZero();
      }
      assertThatThrownBy(() -> new Client(tls, credentials(server, Optional.empty())))
          .hasMessageStartingWith("UNAVAILABLE");
      assertThatThrownBy(() -> new Client(tls, credentials(server, Optional.of(stranger))))
          .hasMessageStartingWith("UNAVAILABLE");
    }
  }
}
