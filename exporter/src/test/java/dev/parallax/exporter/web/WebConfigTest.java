package dev.parallax.exporter.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebConfigTest {

  /** Of the password {@code secret}. */
  private static final String HASH = "$2y$04$abcdefghijklmnopqrstuu2r9OfJnfCsdneAXAGHnS4UpFFP8WIrW";

  @TempDir static Path folder;

  @BeforeAll
  static void makeCertificates() throws Exception {
    Certificates.create(folder, "rsa", "RSA");
    Certificates.create(folder, "ec", "EC");
    Certificates.create(folder, "ed", "Ed25519");
    Certificates.create(folder, "client", "EC");
  }

  @ParameterizedTest
  @ValueSource(strings = {"rsa", "ec", "ed"})
  void keysOfEveryKindAreReadFromFilesBesideTheConfiguration(String kind) throws IOException {
    WebConfig config =
        read("tls_server_config: {cert_file: %s.crt, key_file: %s.key}".formatted(kind, kind));

    assertThat(config.tls()).isPresent();
    assertThat(config.tls().get().requiresClientCertificate()).isFalse();
    assertThat(config.authenticates()).isFalse();
  }

  @Test
  void usersAreReadAndTheirHashesNeverShown() throws IOException {
    WebConfig config = read("basic_auth_users:\n  alice: " + HASH + "\n  bob: " + HASH);

    assertThat(config.users()).isEqualTo(Map.of("alice", HASH, "bob", HASH));
    assertThat(config.authenticates()).isTrue();
    assertThat(config.toString()).contains("alice", "bob").doesNotContain("$2y$");
  }

  @Test
  void aClientCertificateIsAlsoAuthentication() throws IOException {
    String tls =
        "tls_server_config: {cert_file: ec.crt, key_file: ec.key, client_ca_file: client.crt,"
            + " client_auth_type: %s}";

    assertThat(read(tls.formatted("RequireAndVerifyClientCert")).authenticates()).isTrue();
    assertThat(read(tls.formatted("VerifyClientCertIfGiven")).authenticates()).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "basic_auth_user: {}|basic_auth_user: expected one of the keys tls_server_config, basic_auth_users",
        "http_server_config: {http2: true}|http_server_config: expected one of the keys tls_server_config, basic_auth_users",
        "[]|expected the keys tls_server_config, basic_auth_users",
        "basic_auth_users: {alice: secret}|basic_auth_users.alice: expected a bcrypt hash of cost 4 to 15, as htpasswd -nB -C 10 alice prints",
        "basic_auth_users: {alice: $2y$31$abcdefghijklmnopqrstuu2r9OfJnfCsdneAXAGHnS4UpFFP8WIrW}|basic_auth_users.alice: expected a bcrypt hash of cost 4 to 15, as htpasswd -nB -C 10 alice prints",
        "basic_auth_users: {'a:b': x}|basic_auth_users: expected names without a colon",
        "basic_auth_users: [alice]|basic_auth_users: expected names and bcrypt hashes",
        "tls_server_config: {key_file: ec.key}|tls_server_config.cert_file: expected a file",
        "tls_server_config: {cert_file: ec.crt}|tls_server_config.key_file: expected a file",
        "tls_server_config: {cert_file: none.crt, key_file: ec.key}|tls_server_config.cert_file=none.crt: expected a readable PEM file, no such file",
        "tls_server_config: {cert_file: ec.key, key_file: ec.key}|tls_server_config.cert_file=ec.key: expected a certificate in PEM",
        "tls_server_config: {cert_file: ec.crt, key_file: ec.crt}|tls_server_config.key_file=ec.crt: expected one unencrypted private key in PKCS#8, as openssl pkcs8 -topk8 -nocrypt writes it",
        "tls_server_config: {cert_file: ec.crt, key_file: client.key}|tls_server_config.key_file=client.key: expected the private key of cert_file",
        "tls_server_config: {cert_file: ec.crt, key_file: rsa.key}|tls_server_config.key_file=rsa.key: expected the private key of cert_file",
        "tls_server_config: {cert_file: ec.crt, key_file: ec.key, min_version: TLS11}|tls_server_config.min_version=TLS11: expected TLS12 or TLS13",
        "tls_server_config: {cert_file: ec.crt, key_file: ec.key, client_auth_type: RequireAnyClientCert}|tls_server_config.client_auth_type=RequireAnyClientCert: expected one of NoClientCert, VerifyClientCertIfGiven, RequireAndVerifyClientCert",
        "tls_server_config: {cert_file: ec.crt, key_file: ec.key, client_auth_type: RequireAndVerifyClientCert}|tls_server_config.client_ca_file: expected a file, since client_auth_type asks for certificates",
        "tls_server_config: {cert_file: ec.crt, key_file: ec.key, client_ca_file: client.crt}|tls_server_config.client_ca_file: expected a client_auth_type that asks for certificates, or no client_ca_file",
        "tls_server_config: {cert_file: ec.crt, key_file: ec.key, cipher_suites: []}|tls_server_config.cipher_suites: expected one of the keys cert_file, key_file, client_auth_type, client_ca_file, min_version",
        "'basic_auth_users: {a: x, a: y}'|expected a YAML document, with every key once",
      })
  void aMistakeStopsTheStartAndIsNamed(String yaml, String message) {
    assertThatThrownBy(() -> read(yaml))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("exporter.web-config-file=" + folder.resolve("web.yml") + ": " + message);
  }

  @Test
  void aFileThatIsNotThereIsNamed() {
    Path none = folder.resolve("none.yml");

    assertThatThrownBy(() -> WebConfig.read("ingest.web-config-file", none))
        .hasMessage("ingest.web-config-file=" + none + ": expected a readable file, no such file");
    assertThatThrownBy(() -> WebConfig.read("ingest.web-config-file", folder))
        .hasMessageEndingWith(": expected a readable file, it is a folder");
  }

  @Test
  void noMessageQuotesAHashOrAKey() throws IOException {
    String line = "basic_auth_users: {alice: '" + HASH + "' bob}";

    assertThatThrownBy(() -> read(line))
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("$2y$"))
        .hasNoCause();
  }

  private static WebConfig read(String yaml) throws IOException {
    return WebConfig.read(
        "exporter.web-config-file", Files.writeString(folder.resolve("web.yml"), yaml));
  }
}
