package dev.parallax.exporter.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.security.crypto.bcrypt.BCrypt;

class BasicAuthTest {

  private final BasicAuth auth =
      new BasicAuth(
          Map.of(
              "alice", BCrypt.hashpw("right", BCrypt.gensalt(4)),
              "bob", BCrypt.hashpw("x".repeat(72), BCrypt.gensalt(5))));

  @Test
  void aNameAndItsPasswordAreAdmittedAndNothingElseIs() {
    for (int again = 0; again < 2; again++) {
      assertThat(auth.checkCredentials("alice", "right")).isTrue();
      assertThat(auth.checkCredentials("alice", "wrong")).isFalse();
      assertThat(auth.checkCredentials("bob", "right")).isFalse();
      assertThat(auth.checkCredentials("nobody", "right")).isFalse();
      assertThat(auth.checkCredentials("nobody", "")).isFalse();
      assertThat(auth.checkCredentials("alice", "")).isFalse();
    }
  }

  /** Made by libxcrypt. */
  @Test
  void hashesOfOtherToolsAreUnderstood() {
    String hash = "$2y$04$abcdefghijklmnopqrstuu2r9OfJnfCsdneAXAGHnS4UpFFP8WIrW";
    BasicAuth other = new BasicAuth(Map.of("alice", hash));

    assertThat(other.checkCredentials("alice", "secret")).isTrue();
    assertThat(other.checkCredentials("alice", "Secret")).isFalse();
  }

  @Test
  void whatBcryptWouldNotReadIsNotLetPass() {
    assertThat(auth.checkCredentials("bob", "x".repeat(72))).isTrue();
    assertThat(auth.checkCredentials("bob", "x".repeat(73))).isFalse();

    BasicAuth empty = new BasicAuth(Map.of("eve", BCrypt.hashpw("", BCrypt.gensalt(4))));
    assertThat(empty.checkCredentials("eve", "x".repeat(73))).isFalse();
  }

  @Test
  void aPasswordThatWasRightIsNotHashedAgain() {
    BasicAuth dear = new BasicAuth(Map.of("a", BCrypt.hashpw("p", BCrypt.gensalt(12))));
    assertThat(dear.checkCredentials("a", "p")).isTrue();

    long before = System.nanoTime();
    for (int i = 0; i < 1000; i++) {
      assertThat(dear.checkCredentials("a", "p")).isTrue();
    }
    // Each hash of cost 12 takes 100 ms or more.
    assertThat(System.nanoTime() - before).isLessThan(20_000_000_000L);
  }
}
