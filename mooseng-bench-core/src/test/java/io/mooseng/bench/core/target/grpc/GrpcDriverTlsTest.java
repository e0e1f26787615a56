package io.mooseng.bench.core.target.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.mooseng.bench.core.measure.OperationTrace;
import io.mooseng.bench.core.model.ByteSize;
import io.mooseng.bench.core.model.FailureKind;
import io.mooseng.bench.core.model.OperationException;
import io.mooseng.bench.core.server.MooseNgServer;
import io.mooseng.bench.core.server.settings.ServerSettings;
import io.mooseng.bench.core.server.settings.TlsSettings;
import io.mooseng.bench.core.target.FileRef;
import io.mooseng.bench.core.workload.Payload;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class GrpcDriverTlsTest {

  private static final GrpcOptions OPTIONS =
      GrpcOptions.defaults().withConnectTimeout(Duration.ofSeconds(2));

  @TempDir static Path directory;

  private static Path certificate;
  private static Path key;

  /** A key and a self-signed certificate for 127.0.0.1, by the JDK's own tool. */
  @BeforeAll
  static void makeCertificate() throws Exception {
    Path store = directory.resolve("store.p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "a",
                "-keyalg",
                "EC",
                "-dname",
                "CN=test",
                "-ext",
                "san=ip:127.0.0.1",
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass",
                "secret")
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("keytool.log").toFile())
            .start();
    assertThat(keytool.waitFor()).isZero();
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, "secret".toCharArray());
    }
    certificate = pem("CERTIFICATE", keys.getCertificate("a").getEncoded());
    key = pem("PRIVATE KEY", keys.getKey("a", "secret".toCharArray()).getEncoded());
  }

  private static Path pem(String type, byte[] content) throws Exception {
    String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
    return Files.writeString(
        directory.resolve(type.replace(' ', '-') + ".pem"),
        "-----BEGIN " + type + "-----\n" + base64 + "\n-----END " + type + "-----\n");
  }

  private static MooseNgServer server(Optional<Path> clientAuthority) throws Exception {
    return MooseNgServer.start(
        ServerSettings.inMemory().withTls(new TlsSettings(certificate, key, clientAuthority)));
  }

  private static void assertTransfers(MooseNgServer server, TlsFiles files) throws Exception {
    OperationTrace trace = new OperationTrace();
    Payload payload = Payload.of(1, 1, new ByteSize(2_000_000));
    try (GrpcDriver driver = GrpcDriver.open(server.address(), OPTIONS.withTls(files))) {
      FileRef file = driver.write(driver.root(), "f", payload, trace);
      CRC32C crc = new CRC32C();
      driver.read(file, crc::update, trace);
      assertThat((int) crc.getValue()).isEqualTo(payload.crc32c());
    }
  }

  private static OperationException failureOf(MooseNgServer server, GrpcOptions options) {
    OperationException failure =
        catchThrowableOfType(
            OperationException.class, () -> GrpcDriver.open(server.address(), options).identity());
    assertThat(failure.kind()).isEqualTo(FailureKind.UNAVAILABLE);
    return failure;
  }

  @Test
  void transfersOverTls() throws Exception {
    try (MooseNgServer server = server(Optional.empty())) {
      assertTransfers(server, new TlsFiles(certificate, Optional.empty()));
    }
  }

  @Test
  void showsItsCertificateWhereTheServerAsks() throws Exception {
    TlsFiles anonymous = new TlsFiles(certificate, Optional.empty());
    TlsFiles known =
        new TlsFiles(certificate, Optional.of(new TlsFiles.ClientIdentity(certificate, key)));
    try (MooseNgServer server = server(Optional.of(certificate))) {
      assertTransfers(server, known);
      failureOf(server, OPTIONS.withTls(anonymous));
    }
  }

  @Test
  void saysThatTheServerDoesNotSpeakTls() throws Exception {
    try (MooseNgServer server = MooseNgServer.start(ServerSettings.inMemory())) {
      TlsFiles files = new TlsFiles(certificate, Optional.empty());
      assertThat(failureOf(server, OPTIONS.withTls(files)))
          .hasMessageStartingWith("mooseng://" + server.address() + ": does not speak TLS");
    }
  }

  @Test
  void saysThatTheServerWantsTls() throws Exception {
    try (MooseNgServer server = server(Optional.empty())) {
      assertThat(failureOf(server, OPTIONS)).hasMessageContaining("it may want TLS");
    }
  }

  @Test
  void refusesFilesThatCannotBeUsed() {
    assertThatThrownBy(() -> new TlsFiles(directory.resolve("none.pem"), Optional.empty()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("--tls-ca '")
        .hasMessageEndingWith("accepted: a readable PEM file");
  }
}
