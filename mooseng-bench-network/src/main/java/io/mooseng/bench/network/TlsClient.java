package io.mooseng.bench.network;

import io.mooseng.bench.core.target.grpc.TlsFiles;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Collection;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/** The TLS client of the JDK, with the files of a run. Safe for any number of threads. */
final class TlsClient {

  private static final Pattern PEM_KEY =
      Pattern.compile("-----BEGIN PRIVATE KEY-----(.*?)-----END PRIVATE KEY-----", Pattern.DOTALL);

  private final TrustManager[] trusted;
  private final KeyManager[] identity;
  private final SecureRandom random = new SecureRandom();

  /**
   * @throws IOException if a file cannot be used
   */
  TlsClient(TlsFiles files) throws IOException {
    try {
      trusted = trustManagers(certificates(files.authority()));
      identity =
          files.identity().isEmpty()
              ? null
              : keyManagers(
                  certificates(files.identity().get().certificate()), files.identity().get().key());
    } catch (GeneralSecurityException e) {
      throw new IOException("the TLS files cannot be used: " + e.getMessage(), e);
    }
  }

  private static Certificate[] certificates(Path pem) throws IOException, GeneralSecurityException {
    try (InputStream in = Files.newInputStream(pem)) {
      Collection<? extends Certificate> all =
          CertificateFactory.getInstance("X.509").generateCertificates(in);
      return all.toArray(new Certificate[0]);
    }
  }

  private static TrustManager[] trustManagers(Certificate[] authorities)
      throws IOException, GeneralSecurityException {
    KeyStore store = emptyStore();
    for (int i = 0; i < authorities.length; i++) {
      store.setCertificateEntry("authority-" + i, authorities[i]);
    }
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    return factory.getTrustManagers();
  }

  private static KeyManager[] keyManagers(Certificate[] chain, Path key)
      throws IOException, GeneralSecurityException {
    KeyStore store = emptyStore();
    store.setKeyEntry("identity", privateKey(key, chain[0]), new char[0], chain);
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(store, new char[0]);
    return factory.getKeyManagers();
  }

  private static KeyStore emptyStore() throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    return store;
  }

  private static PrivateKey privateKey(Path pem, Certificate owner)
      throws IOException, GeneralSecurityException {
    Matcher matcher = PEM_KEY.matcher(Files.readString(pem));
    if (!matcher.find()) {
      throw new IOException(pem + " holds no PKCS #8 private key in PEM");
    }
    byte[] der = Base64.getMimeDecoder().decode(matcher.group(1));
    return KeyFactory.getInstance(owner.getPublicKey().getAlgorithm())
        .generatePrivate(new PKCS8EncodedKeySpec(der));
  }

  /** A client that has never met a server: it has no ticket of any. */
  SSLContext stranger() {
    try {
      SSLContext context = SSLContext.getInstance("TLSv1.3");
      context.init(identity, trusted, random);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JDK has no TLS 1.3", e);
    }
  }
}
