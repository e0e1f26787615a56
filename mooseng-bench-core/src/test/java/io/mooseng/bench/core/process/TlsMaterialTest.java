package io.mooseng.bench.core.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class TlsMaterialTest {

  @TempDir private Path directory;

  private static X509Certificate certificate(Path file) throws Exception {
    try (InputStream in = Files.newInputStream(file)) {
      return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
    }
  }

  @Test
  void theIdentityIsIssuedByTheAuthorityForItsSubjects() throws Exception {
    TlsMaterial made = TlsMaterial.create(directory, List.of("dns:localhost", "ip:127.0.0.1"));
    X509Certificate authority = certificate(made.authority());
    X509Certificate identity = certificate(made.certificate());
    identity.verify(authority.getPublicKey());
    identity.checkValidity();
    assertThat(authority.getBasicConstraints()).isNotNegative();
    assertThat(identity.getBasicConstraints()).isEqualTo(-1);
    assertThat(identity.getSubjectAlternativeNames().toString()).contains("localhost", "127.0.0.1");
    assertThat(made).isEqualTo(TlsMaterial.in(directory));
  }

  @Test
  void onlyTheThreeFilesAreLeftAndTheKeyIsPrivate() throws Exception {
    TlsMaterial made = TlsMaterial.create(directory, List.of("ip:127.0.0.1"));
    assertThat(directory)
        .isDirectoryContaining(made.key()::equals)
        .isDirectoryNotContaining("glob:**.p12");
    assertThat(Files.list(directory)).hasSize(3);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(made.key())))
        .isEqualTo("rw-------");
  }

  @Test
  void whatKeytoolRefusesIsSaidInOneLine() {
    assertThatThrownBy(() -> TlsMaterial.create(directory, List.of("ip:nowhere")))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("keytool failed: ")
        .message()
        .doesNotContain("\n");
    assertThat(directory).isEmptyDirectory();
  }
}
