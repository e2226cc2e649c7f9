package dev.parallax.cli.demo.traffic;

/**
 * One input of the demo.
 *
 * @param text a definition, such as {@code draw air into, and expel out of, the lungs}
 * @param domain its topic, the lexicographer file that it comes from, such as {@code verb.body}
 */
public record CorpusText(String text, String domain) {}
