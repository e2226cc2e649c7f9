package dev.parallax.onnx.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PinnedBytesTest {

  private static final String GRAPH = "dev/parallax/onnx/graphs/translation.onnx";

  @Test
  void bytesWithTheirDigestAreRead(@TempDir Path folder) throws IOException {
    byte[] bytes = "weights".getBytes(StandardCharsets.UTF_8);
    Path file = Files.write(folder.resolve("model.onnx"), bytes);

    PinnedBytes pinned = new PinnedSource(file.toString(), PinnedBytes.sha256(bytes)).load();

    assertThat(pinned.bytes()).isEqualTo(bytes);
    assertThat(pinned.sha256())
        .isEqualTo("9a129038d9a00aed0cf6a7ea059ca50a813449061ab87848cf1a13eafdf33b2c");
  }

  @Test
  void oneFlippedBitIsRefusedWithBothDigests(@TempDir Path folder) throws IOException {
    byte[] bytes = "weights".getBytes(StandardCharsets.UTF_8);
    String expected = PinnedBytes.sha256(bytes);
    bytes[3] ^= 1;
    Path file = Files.write(folder.resolve("model.onnx"), bytes);

    assertThatThrownBy(() -> PinnedBytes.load(file, expected))
        .isInstanceOf(ModelDigestException.class)
        .hasMessage(
            file
                + " refused: its SHA-256 is "
                + PinnedBytes.sha256(bytes)
                + ", expected "
                + expected);
  }

  @Test
  void aResourceIsCheckedLikeAFile() {
    String wrong = "0".repeat(64);
    assertThatThrownBy(() -> new PinnedSource("classpath:" + GRAPH, wrong).load())
        .isInstanceOf(ModelDigestException.class)
        .hasMessageContaining("classpath:" + GRAPH)
        .hasMessageContaining(wrong);
  }

  @Test
  void whatIsMissingIsRefusedByName(@TempDir Path folder) {
    String digest = "0".repeat(64);
    assertThatThrownBy(() -> PinnedBytes.load("no/such.onnx", digest))
        .isInstanceOf(ModelRefusedException.class)
        .hasMessage("classpath:no/such.onnx refused: not on the class path");
    Path file = folder.resolve("no-such.onnx");
    assertThatThrownBy(() -> PinnedBytes.load(file, digest))
        .isInstanceOf(ModelRefusedException.class)
        .hasMessage(file + " refused: it cannot be read");
  }

  @Test
  void aDigestThatIsNoneIsRefused() {
    assertThatThrownBy(() -> new PinnedSource("classpath:x", "abc"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("sha256=abc: expected 64 lower-case hexadecimal digits");
  }
}
