package dev.parallax.ingest.envelope;

/**
 * A pattern in which {@code *} stands for any characters, none included, and everything else for
 * itself.
 *
 * @param pattern the pattern
 */
record Glob(String pattern) {

  /** Whether the whole {@code text} matches. Cost O(pattern · text) at worst. */
  boolean matches(String text) {
    int star = -1;
    int mark = 0;
    int p = 0;
    int t = 0;
    while (t < text.length()) {
      if (p < pattern.length() && pattern.charAt(p) == '*') {
        star = p++;
        mark = t;
      } else if (p < pattern.length() && pattern.charAt(p) == text.charAt(t)) {
        p++;
        t++;
      } else if (star >= 0) {
        // Let the last star take one character more; earlier ones need not be tried again.
        p = star + 1;
        t = ++mark;
      } else {
        return false;
      }
    }
    while (p < pattern.length() && pattern.charAt(p) == '*') {
      p++;
    }
    return p == pattern.length();
  }
}
