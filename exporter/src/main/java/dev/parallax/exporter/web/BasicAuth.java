package dev.parallax.exporter.web;

import com.sun.net.httpserver.BasicAuthenticator;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.security.crypto.bcrypt.BCrypt;

/**
 * Asks for a name and a password and compares with bcrypt hashes. Thread-safe.
 *
 * <p>A name that nobody has costs as much as a wrong password, so that the time tells nothing. A
 * hash takes tens of milliseconds by design, which every scrape would cost: what was found right is
 * remembered under a keyed digest, whose key is of this process alone. A password beyond the 72
 * bytes that bcrypt reads is wrong.
 */
public final class BasicAuth extends BasicAuthenticator {

  private static final int REMEMBERED = 100;
  private static final int MAX_PASSWORD_BYTES = 72;

  private final Map<String, String> users;

  /** Compared with where a name is nobody's: as dear as the dearest of the others. */
  private final String nobody;

  private final Mac digest;
  private final Map<String, Boolean> right =
      Collections.synchronizedMap(
          new LinkedHashMap<>() {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
              return size() > REMEMBERED;
            }
          });

  /**
   * Admits these users.
   *
   * @param users bcrypt hashes by name, at least one
   */
  public BasicAuth(Map<String, String> users) {
    super("parallax", StandardCharsets.UTF_8);
    this.users = Map.copyOf(users);
    int cost = users.values().stream().mapToInt(BasicAuth::cost).max().orElseThrow();
    this.nobody = BCrypt.hashpw("", BCrypt.gensalt(cost));
    this.digest = digest();
  }

  private static int cost(String hash) {
    return Integer.parseInt(hash.substring(4, 6));
  }

  private static Mac digest() {
    byte[] key = new byte[32];
    new SecureRandom().nextBytes(key);
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has HmacSHA256", e);
    }
  }

  @Override
  public boolean checkCredentials(String user, String password) {
    String hash = users.get(user);
    String asked = asked(user, password);
    if (hash != null && right.containsKey(asked)) {
      return true;
    }
    boolean fits = password.getBytes(StandardCharsets.UTF_8).length <= MAX_PASSWORD_BYTES;
    boolean matches = BCrypt.checkpw(fits ? password : "", hash == null ? nobody : hash);
    boolean admitted = matches && fits && hash != null;
    if (admitted) {
      right.put(asked, true);
    }
    return admitted;
  }

  /** A name has no colon, so this is one text for each pair. */
  private synchronized String asked(String user, String password) {
    return Base64.getEncoder()
        .encodeToString(digest.doFinal((user + ":" + password).getBytes(StandardCharsets.UTF_8)));
  }
}
