package dev.parallax.exporter.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parallax.exporter.LocalSources;
import dev.parallax.exporter.metrics.ParallaxMetrics;
import dev.parallax.exporter.web.Certificates;
import dev.parallax.exporter.web.WebConfig;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** With real certificates and the JDK's own client. */
class SecuredServerTest {

  private static final String TLS =
      "tls_server_config: {cert_file: server.crt, key_file: server.key";
  private static final String USERS =
      "\nbasic_auth_users: {alice: $2y$04$abcdefghijklmnopqrstuu2r9OfJnfCsdneAXAGHnS4UpFFP8WIrW}";

  @TempDir static Path folder;
  private static Certificates server;
  private static Certificates client;
  private static Certificates stranger;

  @BeforeAll
  static void makeCertificates() throws Exception {
    server = Certificates.create(folder, "server", "EC");
    client = Certificates.create(folder, "client", "EC");
    stranger = Certificates.create(folder, "stranger", "EC");
  }

  @Test
  void withPasswordsNobodyElseIsAnsweredAnything() throws Exception {
    try (RoleServer pages = start(TLS + "}" + USERS)) {
      assertThat(pages.address().getScheme()).isEqualTo("https");
      HttpResponse<String> unknown = get(pages, server.client(), "");
      assertThat(unknown.statusCode()).isEqualTo(401);
      assertThat(unknown.headers().firstValue("WWW-Authenticate"))
          .hasValueSatisfying(asked -> assertThat(asked).startsWith("Basic realm=\"parallax\""));
      assertThat(unknown.body()).doesNotContain("parallax_");

      assertThat(get(pages, server.client(), "alice:wrong").statusCode()).isEqualTo(401);
      assertThat(get(pages, server.client(), "mallory:secret").statusCode()).isEqualTo(401);
      HttpResponse<String> known = get(pages, server.client(), "alice:secret");
      assertThat(known.statusCode()).isEqualTo(200);
      assertThat(known.body()).contains("parallax_build_info");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/-/healthy", "/-/ready", "/healthz", "/nowhere"})
  void noPathIsLeftOpen(String path) throws Exception {
    try (RoleServer pages = start(USERS)) {
      assertThat(get(pages.address().resolve(path), null, "", null).statusCode()).isEqualTo(401);
    }
  }

  @Test
  void aClientThatMustSayWhoItIsSaysItWithACertificateOfItsAuthority() throws Exception {
    String required =
        TLS + ", client_ca_file: client.crt, client_auth_type: RequireAndVerifyClientCert}";
    try (RoleServer pages = start(required)) {
      assertThat(get(pages, server.clientWith(client), "").statusCode()).isEqualTo(200);
      assertThatThrownBy(() -> get(pages, server.client(), "")).isInstanceOf(IOException.class);
      assertThatThrownBy(() -> get(pages, server.clientWith(stranger), ""))
          .isInstanceOf(IOException.class);
    }
  }

  @Test
  void aCertificateThatNeedNotBeGivenIsCheckedWhereItIs() throws Exception {
    String optional =
        TLS + ", client_ca_file: client.crt, client_auth_type: VerifyClientCertIfGiven}";
    try (RoleServer pages = start(optional)) {
      assertThat(get(pages, server.client(), "").statusCode()).isEqualTo(200);
      assertThat(get(pages, server.clientWith(client), "").statusCode()).isEqualTo(200);
      assertThatThrownBy(() -> get(pages, server.clientWith(stranger), ""))
          .isInstanceOf(IOException.class);
    }
  }

  @Test
  void anOlderTlsThanTheLeastIsRefused() throws Exception {
    SSLParameters old = new SSLParameters();
    old.setProtocols(new String[] {"TLSv1.2"});
    try (RoleServer pages = start(TLS + "}")) {
      assertThat(get(pages.address(), server.client(), "", old).statusCode()).isEqualTo(404);
    }
    try (RoleServer pages = start(TLS + ", min_version: TLS13}")) {
      assertThat(get(pages, server.client(), "").statusCode()).isEqualTo(200);
      assertThatThrownBy(() -> get(pages.address(), server.client(), "", old))
          .isInstanceOf(SSLException.class);
    }
  }

  @Test
  void aServerThatIsNotTrustedOrSpokenToInTheClearGivesNothing() throws Exception {
    try (RoleServer pages = start(TLS + "}")) {
      assertThatThrownBy(() -> get(pages, client.client(), "")).isInstanceOf(SSLException.class);
      URI plain = URI.create(pages.address().toString().replace("https", "http"));
      assertThatThrownBy(() -> get(plain, null, "", null)).isInstanceOf(IOException.class);
    }
  }

  @Test
  void whatIsOpenToTheNetworkIsSaidOnceAndNoSecretEverIs() throws Exception {
    try (LogLines log = LogLines.capture()) {
      listen("0.0.0.0", "").close();
      assertThat(log.lines())
          .singleElement()
          .asString()
          .startsWith("WARN ingest.host=0.0.0.0: whoever reaches port ")
          .endsWith(
              " can read everything; ingest.web-config-file can ask for passwords or client"
                  + " certificates");

      listen("0.0.0.0", USERS).close();
      assertThat(log.lines())
          .last()
          .asString()
          .startsWith("WARN ingest.host=0.0.0.0: passwords cross the network in the clear");

      int before = log.lines().size();
      listen("0.0.0.0", TLS + "}" + USERS).close();
      listen("127.0.0.1", "").close();
      try (RoleServer pages = start(TLS + "}" + USERS)) {
        get(pages, server.client(), "alice:topsecret");
        get(pages, server.client(), "alice:secret");
      }
      assertThat(log.lines()).hasSize(before);
      assertThat(String.join("\n", log.lines())).doesNotContain("secret", "$2y$");
    }
  }

  private static RoleServer start(String yaml) throws IOException {
    RoleServer pages = listen("127.0.0.1", yaml);
    pages.start();
    return pages;
  }

  private static RoleServer listen(String host, String yaml) throws IOException {
    WebConfig web =
        yaml.isEmpty()
            ? WebConfig.NONE
            : WebConfig.read(
                "ingest.web-config-file", Files.writeString(folder.resolve("web.yml"), yaml));
    return new RoleServer(
        "ingest",
        host,
        0,
        web,
        ParallaxMetrics.withoutFleet(LocalSources.NONE, "1"),
        Optional::empty,
        Optional::empty);
  }

  private static HttpResponse<String> get(RoleServer pages, SSLContext tls, String credentials)
      throws Exception {
    return get(pages.address().resolve("/metrics"), tls, credentials, null);
  }

  private static HttpResponse<String> get(
      URI address, SSLContext tls, String credentials, SSLParameters parameters) throws Exception {
    HttpClient.Builder builder = HttpClient.newBuilder();
    if (tls != null) {
      builder.sslContext(tls);
    }
    if (parameters != null) {
      builder.sslParameters(parameters);
    }
    HttpRequest.Builder request = HttpRequest.newBuilder(address);
    if (!credentials.isEmpty()) {
      request.header(
          "Authorization",
          "Basic "
              + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8)));
    }
    return builder.build().send(request.build(), BodyHandlers.ofString());
  }
}
