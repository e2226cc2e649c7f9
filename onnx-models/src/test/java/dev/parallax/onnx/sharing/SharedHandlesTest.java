package dev.parallax.onnx.sharing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parallax.onnx.sharing.SharedHandles.Lease;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SharedHandlesTest {

  private final List<String> events = new ArrayList<>();
  private final SharedHandles<String, String> handles =
      new SharedHandles<>(value -> events.add("close " + value));

  @Test
  void theFirstUserOpensAndTheLastOneCloses() {
    Lease<String> first = acquire("a");
    Lease<String> second = acquire("a");
    assertThat(second.value()).isSameAs(first.value());

    first.close();
    first.close();
    assertThat(events).containsExactly("open a");

    second.close();
    assertThat(events).containsExactly("open a", "close a");
    assertThat(handles.open()).isZero();
  }

  @Test
  void differentKeysAreDifferentThings() {
    try (Lease<String> a = acquire("a");
        Lease<String> b = acquire("b")) {
      assertThat(a.value()).isNotEqualTo(b.value());
      assertThat(handles.open()).isEqualTo(2);
    }
    assertThat(events).containsExactly("open a", "open b", "close b", "close a");
  }

  @Test
  void whatFailsToOpenIsNotKept() {
    assertThatThrownBy(
            () ->
                handles.acquire(
                    "a",
                    () -> {
                      throw new IllegalStateException("no");
                    }))
        .hasMessage("no");
    assertThat(handles.open()).isZero();
    acquire("a").close();
    assertThat(events).containsExactly("open a", "close a");
  }

  @Test
  void whatFailsToCloseIsNotHandedOutAgain() {
    SharedHandles<String, Object> failing =
        new SharedHandles<>(
            value -> {
              throw new IllegalStateException("cannot close");
            });
    Lease<Object> lease = failing.acquire("a", Object::new);

    assertThatThrownBy(lease::close).hasMessage("cannot close");

    assertThat(failing.open()).isZero();
    lease.close();
    assertThat(failing.acquire("a", Object::new).value()).isNotSameAs(lease.value());
  }

  private Lease<String> acquire(String key) {
    return handles.acquire(
        key,
        () -> {
          events.add("open " + key);
          return key;
        });
  }
}
