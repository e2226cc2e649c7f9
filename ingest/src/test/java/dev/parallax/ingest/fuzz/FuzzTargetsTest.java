package dev.parallax.ingest.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The inputs that a fuzzer begins with, and what it once found, without the fuzzer. */
class FuzzTargetsTest {

  @TestFactory
  Stream<DynamicTest> everyInputIsDecodedOrRejectedWithinTheBound() {
    return FuzzTargets.all().stream()
        .map(
            target ->
                DynamicTest.dynamicTest(
                    target.name(),
                    () -> {
                      List<byte[]> inputs = Fuzz.inputs(target);
                      assertThat(inputs).isNotEmpty();
                      inputs.forEach(target::accept);
                    }));
  }
}
