package dev.parallax.onnx.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NativeLibrariesTest {

  /** What a command does that runs a graph and ends. */
  public static final class OneGraph {
    private OneGraph() {}

    public static void main(String[] args) {
      OnnxRuntime.get();
      System.out.println("ran");
    }
  }

  @Test
  void aProcessLeavesFilesInTheCacheAndNowhereElseAndIsQuiet(@TempDir Path folder)
      throws IOException, InterruptedException {
    Path temporary = Files.createDirectory(folder.resolve("tmp"));
    Path home = Files.createDirectory(folder.resolve("home"));
    Path cache = folder.resolve("cache");
    for (int start = 0; start < 2; start++) {
      ProcessBuilder builder =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-Djava.io.tmpdir=" + temporary,
                  "-Duser.home=" + home,
                  OneGraph.class.getName())
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve("output").toFile());
      builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
      builder.environment().put("PARALLAX_CACHE", cache.toString());
      Process process = builder.start();
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();

      assertThat(Files.readString(folder.resolve("output"))).isEqualTo("ran\n");
      assertThat(temporary).isEmptyDirectory();
      assertThat(home).isEmptyDirectory();
      assertThat(files(cache)).hasSize(2).allMatch(file -> file.toString().contains("natives"));
    }
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).toList();
    }
  }
}
