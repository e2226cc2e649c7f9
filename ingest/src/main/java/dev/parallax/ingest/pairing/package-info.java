/**
 * Joins requests with responses by the id of their call, within a bounded wait and bounded memory.
 * Read {@link dev.parallax.ingest.pairing.CallPairing} first.
 */
@NullMarked
package dev.parallax.ingest.pairing;

import org.jspecify.annotations.NullMarked;
