package dev.parallax.cli.demo.traffic;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Short English texts with real topics: definitions of nouns, verbs and adjectives from WordNet
 * 3.1.
 *
 * <p>Only the first definition of an entry is taken, without its examples, and only if it is of
 * {@value #MIN_LENGTH} to {@value #MAX_LENGTH} plain characters (ten word pieces in the mean), so
 * that a demo can embed thousands of them in seconds. Left out are relational adjectives ("of or
 * relating to ..."), which differ in one word, and the few roots of the noun tree.
 *
 * @see <a href="https://wordnet.princeton.edu/documentation/wndb5wn">wndb(5WN), the file format</a>
 */
public final class WordNetCorpus {

  /** Shortest text, in characters. */
  public static final int MIN_LENGTH = 20;

  /** Longest text, in characters. */
  public static final int MAX_LENGTH = 60;

  private static final String DIRECTORY = "net/sf/extjwnl/data/wordnet/wn31/";
  private static final List<String> FILES = List.of("data.noun", "data.verb", "data.adj");
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z][A-Za-z ,'-]*");

  /** Lexicographer files by number, from lexnames(5WN). */
  private static final List<String> DOMAINS =
      List.of(
          "adj.all",
          "adj.pert",
          "adv.all",
          "noun.Tops",
          "noun.act",
          "noun.animal",
          "noun.artifact",
          "noun.attribute",
          "noun.body",
          "noun.cognition",
          "noun.communication",
          "noun.event",
          "noun.feeling",
          "noun.food",
          "noun.group",
          "noun.location",
          "noun.motive",
          "noun.object",
          "noun.person",
          "noun.phenomenon",
          "noun.plant",
          "noun.possession",
          "noun.process",
          "noun.quantity",
          "noun.relation",
          "noun.shape",
          "noun.state",
          "noun.substance",
          "noun.time",
          "verb.body",
          "verb.change",
          "verb.cognition",
          "verb.communication",
          "verb.competition",
          "verb.consumption",
          "verb.contact",
          "verb.creation",
          "verb.emotion",
          "verb.motion",
          "verb.perception",
          "verb.possession",
          "verb.social",
          "verb.stative",
          "verb.weather",
          "adj.ppl");

  private static final Set<String> LEFT_OUT = Set.of("adj.pert", "noun.Tops");

  private final List<CorpusText> texts;

  private WordNetCorpus(List<CorpusText> texts) {
    this.texts = texts;
  }

  /** Reads every usable text, in the order of the files; about 50,000. */
  public static WordNetCorpus load() {
    List<CorpusText> texts = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (String file : FILES) {
      try (BufferedReader lines = open(DIRECTORY + file)) {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          parse(line).filter(text -> seen.add(text.text())).ifPresent(texts::add);
        }
      } catch (IOException e) {
        throw new UncheckedIOException(DIRECTORY + file, e);
      }
    }
    return new WordNetCorpus(List.copyOf(texts));
  }

  private static BufferedReader open(String resource) {
    InputStream in = WordNetCorpus.class.getClassLoader().getResourceAsStream(resource);
    if (in == null) {
      throw new IllegalStateException("not on the class path: " + resource);
    }
    return new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
  }

  /** The text of one line of a data file, if the line holds a usable one. */
  static Optional<CorpusText> parse(String line) {
    int bar = line.indexOf(" | ");
    if (bar < 0 || line.startsWith("  ")) {
      return Optional.empty();
    }
    String domain = DOMAINS.get(Integer.parseInt(line.substring(9, 11)));
    String gloss = line.substring(bar + 3);
    int end = gloss.indexOf(';');
    String text = (end < 0 ? gloss : gloss.substring(0, end)).strip();
    boolean usable =
        text.length() >= MIN_LENGTH
            && text.length() <= MAX_LENGTH
            && PLAIN.matcher(text).matches()
            && !LEFT_OUT.contains(domain);
    return usable ? Optional.of(new CorpusText(text, domain)) : Optional.empty();
  }

  /** Every usable text. */
  public List<CorpusText> texts() {
    return texts;
  }

  /**
   * {@code count} texts chosen at random, the same and in the same order for the same seed on every
   * machine and Java version: those whose SHA-256 under the seed is smallest.
   *
   * @throws IllegalArgumentException if there are not as many
   */
  public List<CorpusText> choose(int count, long seed) {
    if (count < 1 || count > texts.size()) {
      throw new IllegalArgumentException(
          "texts=" + count + ": expected 1 to " + texts.size() + " of them");
    }
    MessageDigest sha256 = sha256();
    return texts.stream()
        .map(text -> new Ranked(rank(sha256, seed, text.text()), text))
        .sorted(Comparator.comparingLong(Ranked::rank).thenComparing(r -> r.text().text()))
        .limit(count)
        .map(Ranked::text)
        .toList();
  }

  private static long rank(MessageDigest sha256, long seed, String text) {
    sha256.update(ByteBuffer.allocate(Long.BYTES).putLong(0, seed));
    return ByteBuffer.wrap(sha256.digest(text.getBytes(StandardCharsets.UTF_8))).getLong();
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private record Ranked(long rank, CorpusText text) {}
}
