package dev.parallax.onnx;

import dev.parallax.onnx.runtime.ExecutionProvider;
import dev.parallax.onnx.runtime.SessionSettings;

/**
 * What the tests of graphs and encoders compute on: {@code -Dparallax.test.provider=cuda:0}, by
 * default the processor. So the same tests check every provider.
 */
public final class TestProvider {

  private static final ExecutionProvider PROVIDER =
      ExecutionProvider.parse(System.getProperty("parallax.test.provider", "cpu"));

  private TestProvider() {}

  /** One thread on the provider under test. */
  public static SessionSettings settings() {
    return SessionSettings.on(PROVIDER);
  }

  /** The provider under test with threads inside one operator. */
  public static SessionSettings settings(int threads) {
    return new SessionSettings(PROVIDER, threads);
  }

  /** Whether results can be asked to equal those of the processor to the last bit. */
  public static boolean isCpu() {
    return PROVIDER.kind() == ExecutionProvider.Kind.CPU;
  }
}
