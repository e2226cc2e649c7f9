package dev.parallax.exporter.web;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/**
 * How a server proves who it is, and whether its clients have to.
 *
 * <p>A final class with what was read already, so that a start fails and not a connection. It has
 * no {@code toString}, since it holds a private key.
 */
public final class TlsSettings {

  /** Of the client certificates that Go knows, those that prove something, and none at all. */
  enum ClientAuth {
    NONE("NoClientCert"),
    IF_GIVEN("VerifyClientCertIfGiven"),
    REQUIRED("RequireAndVerifyClientCert");

    final String label;

    ClientAuth(String label) {
      this.label = label;
    }
  }

  private final SSLContext context;
  private final ClientAuth clientAuth;
  private final List<String> protocols;

  private TlsSettings(SSLContext context, ClientAuth clientAuth, List<String> protocols) {
    this.context = context;
    this.clientAuth = clientAuth;
    this.protocols = protocols;
  }

  /**
   * Settings of a server.
   *
   * @param chain its certificate, followed by those that vouch for it
   * @param key its private key
   * @param clientCas certificates of those who vouch for clients
   * @param protocols versions of TLS
   */
  static TlsSettings of(
      List<X509Certificate> chain,
      PrivateKey key,
      ClientAuth clientAuth,
      List<X509Certificate> clientCas,
      List<String> protocols)
      throws GeneralSecurityException {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys(chain, key), trust(clientCas), null);
      return new TlsSettings(context, clientAuth, protocols);
    } catch (IOException e) {
      throw new GeneralSecurityException("an empty key store cannot be made", e);
    }
  }

  private static KeyManager[] keys(List<X509Certificate> chain, PrivateKey key)
      throws GeneralSecurityException, IOException {
    char[] inMemory = new char[0];
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, inMemory);
    store.setKeyEntry("server", key, inMemory, chain.toArray(X509Certificate[]::new));
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(store, inMemory);
    return factory.getKeyManagers();
  }

  private static TrustManager[] trust(List<X509Certificate> authorities)
      throws GeneralSecurityException, IOException {
    if (authorities.isEmpty()) {
      return new TrustManager[0];
    }
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    for (int i = 0; i < authorities.size(); i++) {
      store.setCertificateEntry("ca" + i, authorities.get(i));
    }
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    return factory.getTrustManagers();
  }

  /** Whether nobody without a certificate is answered. */
  public boolean requiresClientCertificate() {
    return clientAuth == ClientAuth.REQUIRED;
  }

  /** What the JDK's server is told. */
  public HttpsConfigurator configurator() {
    return new HttpsConfigurator(context) {
      @Override
      public void configure(HttpsParameters parameters) {
        SSLParameters tls = getSSLContext().getDefaultSSLParameters();
        tls.setProtocols(protocols.toArray(String[]::new));
        tls.setUseCipherSuitesOrder(true);
        tls.setNeedClientAuth(clientAuth == ClientAuth.REQUIRED);
        if (clientAuth == ClientAuth.IF_GIVEN) {
          tls.setWantClientAuth(true);
        }
        parameters.setSSLParameters(tls);
      }
    };
  }
}
