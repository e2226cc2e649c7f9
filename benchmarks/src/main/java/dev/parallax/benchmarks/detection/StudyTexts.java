package dev.parallax.benchmarks.detection;

import dev.parallax.cli.demo.traffic.CorpusText;
import dev.parallax.cli.demo.traffic.WordNetCorpus;
import dev.parallax.core.drill.GermanPhrases;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The texts of the study: definitions of WordNet in the order of their hash, cut into three parts
 * that share none, so that neither the hold-out nor the tested panes have seen what was fitted on.
 */
final class StudyTexts {

  private final List<CorpusText> texts;
  private final int tested;
  private final int holdOut;

  private StudyTexts(List<CorpusText> texts, int tested, int holdOut) {
    this.texts = texts;
    this.tested = tested;
    this.holdOut = holdOut;
  }

  /** Takes {@code tested} texts for tested panes and as many as that for each of the two others. */
  static StudyTexts choose(int tested, long seed) {
    return new StudyTexts(WordNetCorpus.load().choose(3 * tested, seed), tested, 2 * tested);
  }

  /** All of them: those of tested panes, of the hold-out and of the fit. */
  List<String> all() {
    return texts.stream().map(CorpusText::text).toList();
  }

  /** Those of tested panes. */
  List<String> tested() {
    return all().subList(0, tested);
  }

  /** Indices for tested panes. */
  int[] testedIndices() {
    return IntStream.range(0, tested).toArray();
  }

  /** Indices for hold-out panes. */
  int[] holdOutIndices() {
    return IntStream.range(tested, holdOut).toArray();
  }

  /** Indices for fit panes. */
  int[] fitIndices() {
    return IntStream.range(holdOut, texts.size()).toArray();
  }

  /** Tested ones whose topic begins with one of these, such as {@code noun.animal}. */
  int[] testedOf(String... topics) {
    return IntStream.range(0, tested)
        .filter(i -> Arrays.stream(topics).anyMatch(texts.get(i).domain()::startsWith))
        .toArray();
  }

  /** Another language. */
  static List<String> german() {
    return GermanPhrases.all();
  }
}
