package io.mooseng.bench.core.process;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A key and certificates for connections of one run to its own server, as PEM files: an authority,
 * and one identity issued by it, for the server and for the client where the server asks. Elliptic
 * curve P-256, made by the JDK's {@code keytool}; the authority's key is thrown away.
 *
 * @param authority the certificate to trust
 * @param certificate that of the identity
 * @param key its private key, PKCS #8, not encrypted, readable by this user alone
 */
public record TlsMaterial(Path authority, Path certificate, Path key) {

  private static final String AUTHORITY = "authority";
  private static final String IDENTITY = "identity";
  private static final String AUTHORITY_FILE = "authority.pem";
  private static final String CERTIFICATE_FILE = "identity.pem";
  private static final String KEY_FILE = "identity-key.pem";
  private static final String STORE = "keys.p12";
  private static final String PASSWORD_VARIABLE = "MOOSENG_BENCH_KEYTOOL_PASSWORD";
  private static final int PASSWORD_BYTES = 24;
  private static final long TIMEOUT_SECONDS = 60;

  /**
   * Makes the files.
   *
   * @param directory exists, and is removed by the caller
   * @param subjects what the certificate is for: {@code dns:NAME} or {@code ip:ADDRESS}
   * @throws IOException in one line if {@code keytool} is not there or refuses
   */
  public static TlsMaterial create(Path directory, List<String> subjects) throws IOException {
    Path store = directory.resolve(STORE);
    String password = password();
    try {
      generate(store, password, AUTHORITY, List.of("bc=ca:true", "ku=keyCertSign"), List.of());
      generate(
          store,
          password,
          IDENTITY,
          List.of("san=" + String.join(",", subjects), "eku=serverAuth,clientAuth"),
          List.of("-signer", AUTHORITY));
      return export(store, password.toCharArray(), directory);
    } finally {
      Files.deleteIfExists(store);
    }
  }

  /** The files that {@link #create} has made in a directory before. */
  public static TlsMaterial in(Path directory) {
    return new TlsMaterial(
        directory.resolve(AUTHORITY_FILE),
        directory.resolve(CERTIFICATE_FILE),
        directory.resolve(KEY_FILE));
  }

  private static String password() {
    byte[] random = new byte[PASSWORD_BYTES];
    new SecureRandom().nextBytes(random);
    return Base64.getEncoder().encodeToString(random);
  }

  private static void generate(
      Path store, String password, String alias, List<String> extensions, List<String> more)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of("-genkeypair", "-alias", alias, "-dname", "CN=MooseNG Bench " + alias));
    command.addAll(List.of("-keyalg", "EC", "-groupname", "secp256r1", "-validity", "2"));
    extensions.forEach(extension -> command.addAll(List.of("-ext", extension)));
    command.addAll(List.of("-storetype", "PKCS12", "-keystore", store.toString()));
    command.addAll(List.of("-storepass:env", PASSWORD_VARIABLE));
    command.addAll(more);
    // An hour back, for a clock that was set meanwhile.
    command.addAll(List.of("-startdate", "-1H"));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put(PASSWORD_VARIABLE, password);
    run(builder);
  }

  private static void run(ProcessBuilder builder) throws IOException {
    Process keytool = builder.start();
    try {
      keytool.getOutputStream().close();
      String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (!keytool.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS) || keytool.exitValue() != 0) {
        throw new IOException("keytool failed: " + said.strip().replaceAll("\\s*\\R\\s*", "; "));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while keytool ran", e);
    } finally {
      keytool.destroyForcibly();
    }
  }

  private static TlsMaterial export(Path store, char[] password, Path directory)
      throws IOException {
    try (InputStream in = Files.newInputStream(store)) {
      KeyStore keys = KeyStore.getInstance("PKCS12");
      keys.load(in, password);
      Key key = keys.getKey(IDENTITY, password);
      return new TlsMaterial(
          pem(
              directory,
              AUTHORITY_FILE,
              "CERTIFICATE",
              keys.getCertificate(AUTHORITY).getEncoded()),
          pem(
              directory,
              CERTIFICATE_FILE,
              "CERTIFICATE",
              keys.getCertificate(IDENTITY).getEncoded()),
          pem(directory, KEY_FILE, "PRIVATE KEY", key.getEncoded()));
    } catch (GeneralSecurityException e) {
      throw new IOException("what keytool made cannot be read: " + e.getMessage(), e);
    } finally {
      Arrays.fill(password, ' ');
    }
  }

  private static Path pem(Path directory, String name, String type, byte[] der) throws IOException {
    Path file = directory.resolve(name);
    Files.deleteIfExists(file);
    if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    }
    String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    return Files.writeString(
        file, "-----BEGIN %s-----%n%s%n-----END %s-----%n".formatted(type, body, type));
  }
}
