package dev.parallax.onnx.encoder;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.huggingface.tokenizers.Encoding;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parallax.onnx.model.PinnedBytes;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Against the ids of the published tokenizers; see {@code tokenizer/README.md}. */
class TextTokenizerTest {

  private static final int CLS = 101;
  private static final int SEP = 102;

  static List<String> encoders() {
    return List.of(
        BundledEncoders.MINILM, BundledEncoders.BGE_QUANTISED, BundledEncoders.E5_QUANTISED);
  }

  @ParameterizedTest
  @MethodSource("encoders")
  void oddTextsAreCutAsByThePublishedTokenizer(String id) throws IOException {
    JsonNode fixture = fixture();
    JsonNode expected = fixture.get("encoders").get(id);
    EncoderManifest manifest = BundledEncoders.manifest(id);
    assertThat(manifest.tokenizer().sha256()).isEqualTo(expected.get("tokenizerSha256").asText());
    assertThat(manifest.maxLength()).isEqualTo(expected.get("maxLength").asInt());

    try (TextTokenizer tokenizer = open(manifest)) {
      fixture
          .get("texts")
          .properties()
          .forEach(
              text -> {
                Encoding encoding = tokenizer.encode(text(text.getValue()));
                long[] ids = ids(expected.get("ids").get(text.getKey()));
                assertThat(encoding.getIds()).as(text.getKey()).isEqualTo(ids);
                assertThat(encoding.getAttentionMask()).hasSameSizeAs(ids).containsOnly(1);
                assertThat(encoding.getTypeIds()).hasSameSizeAs(ids).containsOnly(0);
              });
    }
  }

  @Test
  void theQuantisedMiniLmHasTheTokenizerOfTheOther() {
    assertThat(BundledEncoders.manifest(BundledEncoders.MINILM_QUANTISED).tokenizer().sha256())
        .isEqualTo(BundledEncoders.manifest(BundledEncoders.MINILM).tokenizer().sha256());
  }

  @Test
  void aTextThatIsTooLongKeepsBothSpecialTokensWhichCount() {
    EncoderManifest manifest = BundledEncoders.manifest(BundledEncoders.MINILM).withMaxLength(5);
    try (TextTokenizer tokenizer = open(manifest)) {
      long[] exact = tokenizer.encode("one two three").getIds();
      long[] longer = tokenizer.encode("one two three four").getIds();

      assertThat(exact).hasSize(5).startsWith(CLS).endsWith(SEP);
      assertThat(longer).isEqualTo(exact);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "a\ud83db, a\ufffdb",
    "a\ude00b, a\ufffdb",
    "\ude00\ud83d, \ufffd\ufffd",
    "end \ud83d, end \ufffd",
    "\ud83d\ude00, \ud83d\ude00",
    "\ud83d\ud83d\ude00, \ufffd\ud83d\ude00",
    "\u0000\ufeff\uffff, \u0000\ufeff\uffff",
  })
  void unpairedSurrogatesAndNothingElseBecomeReplacementCharacters(String text, String formed) {
    assertThat(TextTokenizer.wellFormed(text)).isEqualTo(formed);
  }

  @Test
  void aTokenizerThatKeepsReplacementCharactersSeesOnePerUnpairedSurrogate() {
    String json =
        """
        {"version": "1.0", "added_tokens": [], "normalizer": null, "pre_tokenizer": null,
         "post_processor": null, "decoder": null, "truncation": null, "padding": null,
         "model": {"type": "WordLevel", "vocab": {"[UNK]": 0, "a\ufffdb": 1}, "unk_token": "[UNK]"}}
        """;
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    PinnedBytes pinned = PinnedBytes.of("tiny.json", bytes, PinnedBytes.sha256(bytes));
    try (TextTokenizer tokenizer = TextTokenizer.open(pinned, 8)) {
      assertThat(tokenizer.encode("a\ud83db").getIds()).containsExactly(1);
      assertThat(tokenizer.encode("a\ud83d\ude00b").getIds()).containsExactly(0);
    }
  }

  private static TextTokenizer open(EncoderManifest manifest) {
    return TextTokenizer.open(manifest.tokenizer().load(), manifest.maxLength());
  }

  private static String text(JsonNode text) {
    return text.isArray() ? text.get(0).asText().repeat(text.get(1).asInt()) : text.asText();
  }

  private static long[] ids(JsonNode ids) {
    return StreamSupport.stream(ids.spliterator(), false).mapToLong(JsonNode::asLong).toArray();
  }

  private static JsonNode fixture() throws IOException {
    try (InputStream in = TextTokenizerTest.class.getResourceAsStream("/tokenizer/expected.json")) {
      return new ObjectMapper().readTree(in);
    }
  }
}
