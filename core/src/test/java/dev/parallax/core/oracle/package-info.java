/**
 * Every figure of {@code core} against the values of the papers' own code, which lie under {@code
 * oracle/} in the test resources; the README there says what each field is.
 *
 * <p>Read {@link dev.parallax.core.oracle.OracleTest} first.
 */
@NullMarked
package dev.parallax.core.oracle;

import org.jspecify.annotations.NullMarked;
