package dev.parallax.exporter.web;

import dev.parallax.exporter.web.TlsSettings.ClientAuth;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Reads a web configuration file strictly: a key that would be passed over is a server that is less
 * closed than its owner thinks. Messages name users, and never quote a hash or a key.
 */
final class WebConfigFile {

  private static final int MAX_BYTES = 1 << 16;

  /** A cost above 15 is more than a second for every password that is tried. */
  private static final Pattern BCRYPT =
      Pattern.compile("\\$2[aby]\\$(0[4-9]|1[0-5])\\$[./A-Za-z0-9]{53}");

  private static final List<String> SECTIONS = List.of("tls_server_config", "basic_auth_users");
  private static final List<String> TLS_KEYS =
      List.of("cert_file", "key_file", "client_auth_type", "client_ca_file", "min_version");
  private static final Map<String, List<String>> PROTOCOLS =
      Map.of("TLS12", List.of("TLSv1.3", "TLSv1.2"), "TLS13", List.of("TLSv1.3"));

  private final String name;
  private final Path folder;

  private WebConfigFile(String name, Path folder) {
    this.name = name;
    this.folder = folder;
  }

  static WebConfig read(String key, Path file) {
    String name = key + "=" + file;
    WebConfigFile reader = new WebConfigFile(name, file.toAbsolutePath().getParent());
    Map<String, @Nullable Object> root = reader.section("", reader.load(file), SECTIONS);
    return new WebConfig(
        Optional.ofNullable(root.get("tls_server_config")).map(reader::tls),
        Optional.ofNullable(root.get("basic_auth_users")).map(reader::users).orElse(Map.of()));
  }

  private @Nullable Object load(Path file) {
    try {
      if (Files.isRegularFile(file) && Files.size(file) > MAX_BYTES) {
        throw mistake("", "at most " + MAX_BYTES + " bytes");
      }
      LoadSettings settings = LoadSettings.builder().setLabel(file.toString()).build();
      return new Load(settings).loadFromString(Files.readString(file, StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new IllegalArgumentException(
          name + ": expected a readable file, " + PemFile.because(e, file), e);
    } catch (YamlEngineException e) {
      // The cause quotes the line, which may hold a hash.
      throw mistake("", "a YAML document, with every key once");
    }
  }

  private TlsSettings tls(Object node) {
    Map<String, @Nullable Object> keys = section("tls_server_config", node, TLS_KEYS);
    PemFile certificates = file(keys, "cert_file");
    List<X509Certificate> chain = certificates.certificates();
    PrivateKey key = file(keys, "key_file").privateKeyOf(chain.get(0));
    ClientAuth clientAuth = clientAuth(keys);
    boolean named = keys.get("client_ca_file") != null;
    if (named != (clientAuth != ClientAuth.NONE)) {
      throw mistake(
          "tls_server_config.client_ca_file",
          named
              ? "a client_auth_type that asks for certificates, or no client_ca_file"
              : "a file, since client_auth_type asks for certificates");
    }
    try {
      return TlsSettings.of(
          chain,
          key,
          clientAuth,
          named ? file(keys, "client_ca_file").certificates() : List.of(),
          protocols(keys));
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException(
          name + ": tls_server_config: expected a certificate that TLS can use, " + e.getMessage(),
          e);
    }
  }

  private PemFile file(Map<String, @Nullable Object> keys, String key) {
    String path = text(keys, key).orElseThrow(() -> mistake("tls_server_config." + key, "a file"));
    return PemFile.read(name + ": tls_server_config." + key + "=" + path, folder.resolve(path));
  }

  private ClientAuth clientAuth(Map<String, @Nullable Object> keys) {
    Optional<String> label = text(keys, "client_auth_type");
    return label.isEmpty()
        ? ClientAuth.NONE
        : Arrays.stream(ClientAuth.values())
            .filter(type -> type.label.equals(label.get()))
            .findFirst()
            .orElseThrow(
                () ->
                    mistake(
                        "tls_server_config.client_auth_type=" + label.get(),
                        "one of "
                            + Arrays.stream(ClientAuth.values())
                                .map(type -> type.label)
                                .collect(Collectors.joining(", "))));
  }

  private List<String> protocols(Map<String, @Nullable Object> keys) {
    String least = text(keys, "min_version").orElse("TLS12");
    List<String> protocols = PROTOCOLS.get(least);
    if (protocols == null) {
      throw mistake("tls_server_config.min_version=" + least, "TLS12 or TLS13");
    }
    return protocols;
  }

  private Optional<String> text(Map<String, @Nullable Object> keys, String key) {
    Object value = keys.get(key);
    if (value == null) {
      return Optional.empty();
    }
    if (!(value instanceof String text) || text.isBlank()) {
      throw mistake("tls_server_config." + key, "a text");
    }
    return Optional.of(text);
  }

  private Map<String, String> users(Object node) {
    Map<String, String> users = new LinkedHashMap<>();
    if (!(node instanceof Map<?, ?> entries)) {
      throw mistake("basic_auth_users", "names and bcrypt hashes");
    }
    entries.forEach(
        (user, hash) -> {
          if (!(user instanceof String text) || text.isEmpty() || text.contains(":")) {
            throw mistake("basic_auth_users", "names without a colon");
          }
          if (!(hash instanceof String bcrypt) || !BCRYPT.matcher(bcrypt).matches()) {
            throw mistake(
                "basic_auth_users." + user,
                "a bcrypt hash of cost 4 to 15, as htpasswd -nB -C 10 " + user + " prints");
          }
          users.put(text, bcrypt);
        });
    return users;
  }

  private Map<String, @Nullable Object> section(
      String section, @Nullable Object node, List<String> known) {
    Map<String, @Nullable Object> keys = new LinkedHashMap<>();
    if (!(node instanceof Map<?, ?> entries)) {
      throw mistake(section, "the keys " + String.join(", ", known));
    }
    entries.forEach(
        (key, value) -> {
          if (!known.contains(key)) {
            throw mistake(
                section.isEmpty() ? String.valueOf(key) : section + "." + key,
                "one of the keys " + String.join(", ", known));
          }
          keys.put(String.valueOf(key), value);
        });
    return keys;
  }

  private IllegalArgumentException mistake(String key, String expected) {
    return new IllegalArgumentException(
        name + ": " + (key.isEmpty() ? "" : key + ": ") + "expected " + expected);
  }
}
