package dev.parallax.ingest.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The inputs that fuzzing begins with, and what it once found, without the fuzzer. */
class FuzzTargetsTest {

  @TestFactory
  Stream<DynamicNode> everySampleIsDecodedOrRejectedWithinTheBound() {
    return FuzzTargets.all().stream()
        .map(target -> dynamicTest(target.name(), () -> acceptSamples(target)));
  }

  @TestFactory
  Stream<DynamicTest> everyInputThatIsKeptIsDecodedOrRejectedWithinTheBound() {
    return FuzzTargets.all().stream()
        .flatMap(
            target ->
                SeedInputs.kept(target.name()).stream()
                    .map(
                        file ->
                            dynamicTest(
                                target.name() + "/" + file.getFileName(),
                                () -> target.accept(bytes(file)))));
  }

  private static void acceptSamples(FuzzTarget target) {
    List<byte[]> samples = target.samples();
    assertThat(samples).hasSizeGreaterThan(30);
    samples.forEach(target::accept);
  }

  private static byte[] bytes(Path file) throws IOException {
    return Files.readAllBytes(file);
  }
}
