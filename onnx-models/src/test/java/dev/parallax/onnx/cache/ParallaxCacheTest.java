package dev.parallax.onnx.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ParallaxCacheTest {

  private static final Path HOME = Path.of("/home/someone");

  @Test
  void itsOwnVariableComesFirstThenTheDesktopsThenTheHome() {
    assertThat(root(Map.of("PARALLAX_CACHE", "/data/cache", "XDG_CACHE_HOME", "/xdg")))
        .isEqualTo(Path.of("/data/cache"));
    assertThat(root(Map.of("XDG_CACHE_HOME", "/xdg"))).isEqualTo(Path.of("/xdg/parallax"));
    assertThat(root(Map.of("PARALLAX_CACHE", " ")))
        .isEqualTo(Path.of("/home/someone/.cache/parallax"));
  }

  @Test
  void foldersAppearWhenTheyAreAskedFor(@TempDir Path folder) {
    ParallaxCache cache = new ParallaxCache(folder.resolve("new"));
    assertThat(folder.resolve("new")).doesNotExist();
    assertThat(cache.natives()).isDirectory();
    assertThat(cache.embeddings()).isDirectory().isNotEqualTo(cache.natives());
  }

  private static Path root(Map<String, String> environment) {
    return ParallaxCache.locate(environment, HOME).root();
  }
}
