package dev.parallax.onnx.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtProvider;
import dev.parallax.onnx.encoder.BundledEncoders;
import dev.parallax.onnx.encoder.EncoderManifest;
import dev.parallax.onnx.encoder.OnnxSentenceEncoder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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

  /** What a command does that reads texts and ends. */
  public static final class OneText {
    private OneText() {}

    public static void main(String[] args) {
      EncoderManifest manifest = BundledEncoders.manifest(BundledEncoders.MINILM_QUANTISED);
      OnnxSentenceEncoder.open(manifest, SessionSettings.CPU).close();
      System.out.println("ran");
    }
  }

  @TempDir private Path folder;

  @Test
  void aProcessLeavesFilesInTheCacheAndNowhereElseAndIsQuiet()
      throws IOException, InterruptedException {
    for (int start = 0; start < 2; start++) {
      run(OneGraph.class);
      assertThat(namesIn("natives")).containsExactlyInAnyOrderElementsOf(libraries());
      assertThat(namesIn("")).hasSameSizeAs(libraries());
    }
  }

  /** The tokenizers' own choice of a folder depends on whether a GPU is there. */
  @Test
  void aCacheServesStartsWithAGpuAndWithout() throws IOException, InterruptedException {
    run(OneText.class);
    assertThat(namesIn("natives")).contains(System.mapLibraryName("tokenizers"));
    assertThat(namesIn("natives/djl")).isEmpty();
  }

  private void run(Class<?> main) throws IOException, InterruptedException {
    Path temporary = Files.createDirectories(folder.resolve("tmp"));
    Path home = Files.createDirectories(folder.resolve("home"));
    ProcessBuilder builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djava.io.tmpdir=" + temporary,
                "-Duser.home=" + home,
                main.getName())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("output").toFile());
    builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
    builder.environment().put("PARALLAX_CACHE", folder.resolve("cache").toString());
    Process process = builder.start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();

    assertThat(Files.readString(folder.resolve("output"))).isEqualTo("ran\n");
    assertThat(temporary).isEmptyDirectory();
    assertThat(home).isEmptyDirectory();
  }

  /** The build for GPUs has one more, and its CUDA provider only when that is asked for. */
  private static List<String> libraries() {
    List<String> names = new ArrayList<>(List.of("onnxruntime", "onnxruntime4j_jni"));
    OnnxRuntime.get();
    if (OrtEnvironment.getAvailableProviders().contains(OrtProvider.CUDA)) {
      names.add("onnxruntime_providers_shared");
    }
    return names.stream().map(System::mapLibraryName).toList();
  }

  private List<String> namesIn(String cached) throws IOException {
    Path root = folder.resolve("cache").resolve(cached);
    if (!Files.exists(root)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(root)) {
      return files.filter(Files::isRegularFile).map(file -> file.getFileName().toString()).toList();
    }
  }
}
