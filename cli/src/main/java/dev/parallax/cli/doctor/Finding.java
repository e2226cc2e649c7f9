package dev.parallax.cli.doctor;

/**
 * What one check found.
 *
 * @param check what was looked at, in one or two words
 * @param status how it is
 * @param detail what was found
 * @param advice what to do about it; empty when nothing
 */
record Finding(String check, Status status, String detail, String advice) {

  /** How it is. */
  enum Status {
    /** As it should be. */
    OK("ok"),
    /** Was not looked at, for the reason in the detail. */
    SKIPPED("skip"),
    /** Works, and may bite later. */
    WARN("warn"),
    /** Does not work. */
    FAIL("fail");

    private final String label;

    Status(String label) {
      this.label = label;
    }

    /** One word, as printed. */
    String label() {
      return label;
    }
  }

  static Finding ok(String check, String detail) {
    return new Finding(check, Status.OK, detail, "");
  }

  static Finding skipped(String check, String reason) {
    return new Finding(check, Status.SKIPPED, reason, "");
  }

  static Finding warn(String check, String detail, String advice) {
    return new Finding(check, Status.WARN, detail, advice);
  }

  static Finding fail(String check, String detail, String advice) {
    return new Finding(check, Status.FAIL, detail, advice);
  }
}
