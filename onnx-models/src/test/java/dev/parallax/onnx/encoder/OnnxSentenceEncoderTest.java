package dev.parallax.onnx.encoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.parallax.onnx.TestProvider;
import dev.parallax.onnx.model.ModelDigestException;
import dev.parallax.onnx.model.ModelRefusedException;
import dev.parallax.onnx.model.PinnedSource;
import dev.parallax.onnx.runtime.SessionSettings;
import dev.parallax.onnx.runtime.SharedSessions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class OnnxSentenceEncoderTest {

  private static final EncoderManifest MINILM = BundledEncoders.manifest(BundledEncoders.MINILM);
  private static final EncoderManifest QUANTISED =
      BundledEncoders.manifest(BundledEncoders.MINILM_QUANTISED);

  /** What quantised models run on: CUDA has no kernels for them. */
  private static final SessionSettings CPU = SessionSettings.CPU;

  private static OnnxSentenceEncoder minilm;
  private static OnnxSentenceEncoder quantised;

  @BeforeAll
  static void openEncoders() {
    minilm = OnnxSentenceEncoder.open(MINILM, TestProvider.settings());
    quantised = OnnxSentenceEncoder.open(QUANTISED, CPU);
  }

  @AfterAll
  static void closeEncoders() {
    minilm.close();
    quantised.close();
  }

  static List<String> ids() {
    return BundledEncoders.ids();
  }

  @ParameterizedTest
  @MethodSource("ids")
  void everyBundledEncoderStartsAndPutsAParaphraseNearerThanAnUnrelatedText(String id) {
    EncoderManifest manifest = BundledEncoders.manifest(id);
    SessionSettings settings = manifest.quantised() ? CPU : TestProvider.settings();
    try (OnnxSentenceEncoder encoder = OnnxSentenceEncoder.open(manifest, settings)) {
      float[][] vectors =
          encoder.encode(
              List.of(
                  "A man is eating a piece of bread.",
                  "Someone eats some bread.",
                  "The central bank raised interest rates again."));
      assertThat(vectors).hasDimensions(3, 384);
      assertThat(cosine(vectors[0], vectors[0])).isCloseTo(1, within(1e-6));
      assertThat(cosine(vectors[0], vectors[1]))
          .isGreaterThan(cosine(vectors[0], vectors[2]) + 0.1);
      assertThat(encoder.goldenMatch().orElseThrow().cosine()).isGreaterThan(0.99);
    }
  }

  @Test
  void aVectorDoesNotDependOnItsBatchToTheLastBit() {
    Assumptions.assumeTrue(TestProvider.isCpu(), "a device picks kernels by shape");
    assertSameBitsInAnyCompany(minilm, Sentences.some(70, 100, 1));
  }

  @Test
  void onADeviceItDoesNotDependOnItBeyondRounding() {
    Assumptions.assumeFalse(TestProvider.isCpu(), "a processor is held to the last bit");
    List<String> texts = Sentences.some(70, 100, 1);
    float[][] together = minilm.encode(texts);
    for (int i = 0; i < texts.size(); i++) {
      assertThat(cosine(minilm.encode(List.of(texts.get(i)))[0], together[i]))
          .isCloseTo(1, within(1e-6));
    }
  }

  @Test
  void norDoesAQuantisedModelsVector() {
    assertSameBitsInAnyCompany(quantised, Sentences.some(40, 20, 2));
  }

  /** The padding's weights are exactly zero, so it adds nothing to any sum. */
  @ParameterizedTest(name = "padded to multiples of {0}, {1} in a run")
  @CsvSource({"16, 1", "16, 8", "64, 32"})
  void paddingChangesNoBitInSinglePrecision(int step, int size) {
    Assumptions.assumeTrue(TestProvider.isCpu(), "a device picks kernels by shape");
    List<String> texts = new ArrayList<>(Sentences.some(39, 20, 6));
    texts.add("a text longer than the 128 terms that the runtime adds up at once ".repeat(10));
    List<Integer> sizes = size == 1 ? List.of(1) : List.of(size, 1);
    try (SentenceEncoder padding =
        OnnxSentenceEncoder.open(MINILM, CPU, new TextBatches(step, sizes))) {
      assertThat(padding.encode(texts)).isDeepEqualTo(minilm.encode(texts));
    }
  }

  @Test
  void aQuantisedModelsVectorWouldDependOnItsBatch() {
    List<String> texts = Sentences.some(20, 20, 7);
    try (SentenceEncoder together =
        OnnxSentenceEncoder.open(
            QUANTISED.withMaxLength(QUANTISED.maxLength()),
            CPU,
            new TextBatches(16, List.of(8, 1)))) {
      float[][] shared = together.encode(texts);
      float[][] alone = quantised.encode(texts);
      assertThat(Arrays.deepEquals(shared, alone)).isFalse();
      for (int i = 0; i < texts.size(); i++) {
        assertThat(cosine(shared[i], alone[i])).isGreaterThan(0.97);
      }
    }
  }

  private static void assertSameBitsInAnyCompany(SentenceEncoder encoder, List<String> texts) {
    float[][] together = encoder.encode(texts);
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < texts.size(); i++) {
      order.add(i);
      assertThat(encoder.encode(List.of(texts.get(i)))[0]).containsExactly(together[i]);
    }
    for (long seed = 1; seed <= 3; seed++) {
      Collections.shuffle(order, new Random(seed));
      float[][] shuffled = encoder.encode(order.stream().map(texts::get).toList());
      for (int i = 0; i < order.size(); i++) {
        assertThat(shuffled[i]).containsExactly(together[order.get(i)]);
      }
    }
  }

  @Test
  void workersChangeNothingButTheTime() throws InterruptedException {
    List<String> texts = Sentences.some(100, 20, 4);
    List<Integer> progress = new ArrayList<>();

    float[][] parallel = ParallelEncoding.encode(quantised, texts, 2, progress::add);

    assertThat(parallel).isDeepEqualTo(quantised.encode(texts));
    assertThat(progress).isSorted().endsWith(100);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void everyThreadCountEmbedsTheSame(int threads) {
    List<String> texts = Sentences.some(10, 20, 5);
    SessionSettings settings = TestProvider.settings(threads);
    try (SentenceEncoder encoder = OnnxSentenceEncoder.open(MINILM, settings)) {
      assertThat(encoder.encode(texts)).isDeepEqualTo(minilm.encode(texts));
    }
  }

  @Test
  void anyStringHasAFiniteVectorOfUnitLength() {
    List<String> texts =
        List.of(
            "",
            " \t\n",
            "😀👩‍👩‍👧‍👦 naïve façade 漢字 עברית",
            "\u0000\u0001\u001b[31m\u0085\ufeff\uffff",
            "half a pair: \ud83d and \udc00",
            "word ".repeat(20_000),
            "x".repeat(100_000));
    for (SentenceEncoder encoder : List.of(minilm, quantised)) {
      for (float[] vector : encoder.encode(texts)) {
        assertThat(cosine(vector, vector)).isCloseTo(1, within(1e-6));
      }
    }
  }

  @Test
  void textsAreCutAtTheManifestsLength() {
    String words = "river ".repeat(300);
    String longer = words + "the rest is never read";

    assertThat(minilm.encode(List.of(longer))).isDeepEqualTo(minilm.encode(List.of(words)));
    try (SentenceEncoder short8 = OnnxSentenceEncoder.open(QUANTISED.withMaxLength(8), CPU)) {
      float[][] vectors =
          short8.encode(
              List.of("one two three four five six", "one two three four five six seven"));
      assertThat(vectors[0]).containsExactly(vectors[1]);
    }
  }

  @Test
  void derivedManifestsAreOtherSpaces() {
    List<String> text = List.of("A man is eating a piece of bread.");
    EncoderManifest cls = QUANTISED.withPooling(Pooling.CLS);
    EncoderManifest prefixed = QUANTISED.withPrefix("query: ");
    for (EncoderManifest derived : List.of(cls, prefixed)) {
      assertThat(derived.digest()).isNotEqualTo(QUANTISED.digest());
      try (OnnxSentenceEncoder encoder = OnnxSentenceEncoder.open(derived, CPU)) {
        assertThat(encoder.goldenMatch()).isEmpty();
        assertThat(encoder.digest()).isNotEqualTo(quantised.digest());
        assertThat(cosine(encoder.encode(text)[0], quantised.encode(text)[0])).isLessThan(0.98);
      }
    }
    assertThat(cls.id()).isEqualTo("all-minilm-l6-v2-q+pooling=cls");
  }

  @Test
  void aFlippedByteInModelOrTokenizerIsRefused(@TempDir Path folder) throws IOException {
    for (PinnedSource source : List.of(QUANTISED.model(), QUANTISED.tokenizer())) {
      byte[] bytes = source.load().bytes();
      bytes[bytes.length / 2] ^= 1;
      Path file = Files.write(folder.resolve("flipped"), bytes);
      PinnedSource flipped = new PinnedSource(file.toString(), source.sha256());

      EncoderManifest manifest =
          source.equals(QUANTISED.model())
              ? with(flipped, QUANTISED.tokenizer(), QUANTISED.golden())
              : with(QUANTISED.model(), flipped, QUANTISED.golden());
      // The open session of the right bytes must not stand in for the wrong ones.
      quantised.close();
      try {
        assertThatThrownBy(() -> OnnxSentenceEncoder.open(manifest, CPU))
            .isInstanceOf(ModelDigestException.class)
            .hasMessageStartingWith(file + " refused: its SHA-256 is ");
      } finally {
        quantised = OnnxSentenceEncoder.open(QUANTISED, CPU);
      }
    }
  }

  @Test
  void aGoldenVectorThatComesOutDifferentlyIsRefused() {
    int before = SharedSessions.open();
    GoldenVector golden = QUANTISED.golden();
    GoldenVector other =
        new GoldenVector("Another text.", golden.first(), golden.vector(), golden.leastCosine());

    assertThatThrownBy(
            () ->
                OnnxSentenceEncoder.open(
                    with(QUANTISED.model(), QUANTISED.tokenizer(), other), CPU))
        .isInstanceOf(ModelRefusedException.class)
        .hasMessageStartingWith(
            "all-minilm-l6-v2-q refused: its golden input came out with cosine ");
    assertThat(SharedSessions.open()).isEqualTo(before);
  }

  @Test
  void aTokenizerThatIsNoneIsRefused() {
    PinnedSource model = QUANTISED.model();
    assertThatThrownBy(
            () ->
                OnnxSentenceEncoder.open(
                    with(
                        model,
                        BundledEncoders.manifest(BundledEncoders.MINILM_QUANTISED)
                            .golden()
                            .vector(),
                        null),
                    CPU))
        .isInstanceOf(ModelRefusedException.class)
        .hasMessageContaining("not a tokenizer");
  }

  private static EncoderManifest with(
      PinnedSource model, PinnedSource tokenizer, GoldenVector golden) {
    return new EncoderManifest(
        QUANTISED.id(),
        QUANTISED.version(),
        QUANTISED.kind(),
        model,
        tokenizer,
        QUANTISED.inputs(),
        QUANTISED.output(),
        QUANTISED.prefix(),
        QUANTISED.pooling(),
        QUANTISED.normalise(),
        QUANTISED.maxLength(),
        QUANTISED.dimension(),
        QUANTISED.quantised(),
        golden,
        QUANTISED.licence());
  }

  private static double cosine(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (double) a[i] * b[i];
    }
    return sum;
  }
}
