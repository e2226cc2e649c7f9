package dev.parallax.ingest.fuzz;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parallax.core.embedding.Rejection;
import dev.parallax.core.embedding.Rejection.Reason;
import dev.parallax.core.embedding.WireVector;
import dev.parallax.ingest.format.CallNames;
import dev.parallax.ingest.format.ModelInput;
import dev.parallax.ingest.format.ModelOutput;
import dev.parallax.ingest.format.Payload;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PayloadOracleTest {

  private static final WireVector VECTOR = WireVector.of(new float[] {1, 2, 3, 4});

  private final PayloadOracle oracle = new PayloadOracle();

  @Test
  void aSoundPayloadPasses() {
    assertThatCode(
            () -> {
              oracle.check(
                  request(new ModelInput.Text("a"), new ModelInput.Tokens(new long[] {1})));
              oracle.check(request(new ModelInput.Tensor(VECTOR, List.of(2, 2))));
              oracle.check(
                  new Payload.Response(
                      CallNames.NONE, List.of(new ModelOutput.Embedding(VECTOR), unusable("why"))));
            })
        .doesNotThrowAnyException();
  }

  static Stream<Payload> unsound() {
    return Stream.of(
        request(),
        request(new ModelInput.Tokens(new long[] {1, -1})),
        request(new ModelInput.Tensor(VECTOR, List.of(2, 3))),
        new Payload.Response(CallNames.NONE, List.of()),
        new Payload.Response(CallNames.NONE, List.of(unusable(" "))),
        new Payload.Response(CallNames.NONE, List.of(unusable("x".repeat(2_001)))),
        new Payload.Calls(List.of()));
  }

  @ParameterizedTest
  @MethodSource("unsound")
  void anUnsoundPayloadIsFound(Payload payload) {
    assertThatThrownBy(() -> oracle.check(payload)).isInstanceOf(AssertionError.class);
  }

  private static Payload request(ModelInput... inputs) {
    return new Payload.Request(CallNames.NONE, List.of(inputs));
  }

  private static ModelOutput unusable(String detail) {
    return new ModelOutput.Unusable(new Rejection(Reason.MALFORMED, detail));
  }
}
