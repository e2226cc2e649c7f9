/**
 * Canonical JSON: equal values give equal bytes on every Java version. Read {@link
 * dev.parallax.core.json.CanonicalJson} first.
 */
@NullMarked
package dev.parallax.core.json;

import org.jspecify.annotations.NullMarked;
