package dev.parallax.cli.demo.traffic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class WordNetCorpusTest {

  private static WordNetCorpus corpus;

  @BeforeAll
  static void load() {
    corpus = WordNetCorpus.load();
  }

  @Test
  void aLineGivesItsFirstDefinitionWithoutExamples() {
    String line =
        "00002325 29 v 01 respire 0 001 $ 00001740 v 0000 01 + 02 00 | "
            + "draw air into the lungs, slowly; \"I can breathe\"; \"He is respiring\"  ";

    assertThat(WordNetCorpus.parse(line))
        .contains(new CorpusText("draw air into the lungs, slowly", "verb.body"));
  }

  @Test
  void linesWithoutAUsableTextGiveNone() {
    String head = "00002325 29 v 01 respire 0 001 $ 00001740 v 0000 01 + 02 00 | ";

    assertThat(WordNetCorpus.parse("  1 This software and database is provided | to you"))
        .isEmpty();
    assertThat(WordNetCorpus.parse(head + "too short")).isEmpty();
    assertThat(WordNetCorpus.parse(head + "x".repeat(61))).isEmpty();
    assertThat(WordNetCorpus.parse(head + "(of a person) breathing with ease")).isEmpty();
    assertThat(WordNetCorpus.parse(head.replace(" 29 v", " 01 a") + "of or relating to the lungs"))
        .isEmpty();
  }

  @Test
  void theCorpusIsLargeDistinctAndOfManyTopics() {
    assertThat(corpus.texts()).hasSizeGreaterThan(50_000).doesNotHaveDuplicates();
    assertThat(corpus.texts().stream().map(CorpusText::text)).doesNotHaveDuplicates();
    assertThat(corpus.texts().stream().map(CorpusText::domain).collect(Collectors.toSet()))
        .hasSize(42)
        .contains("noun.animal", "verb.motion", "adj.all");
  }

  /** Pinned, since cached vectors and the bits of every score of the demo rest on the choice. */
  @Test
  void aSeedChoosesTheSameTextsEverywhere() {
    List<CorpusText> chosen = corpus.choose(3, 1);

    assertThat(chosen).isEqualTo(corpus.choose(3000, 1).subList(0, 3));
    assertThat(chosen)
        .containsExactly(
            new CorpusText("allowing fluids or gases to pass or diffuse through", "adj.all"),
            new CorpusText(
                "a relation such that one thing is dependent on another", "noun.relation"),
            new CorpusText("a crucial moment on which much depends", "noun.time"));
    assertThat(corpus.choose(3, 2)).doesNotContainAnyElementsOf(chosen);
  }

  @Test
  void moreTextsThanThereAreAreRefused() {
    assertThatThrownBy(() -> corpus.choose(1_000_000, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("texts=1000000: expected 1 to ");
  }
}
