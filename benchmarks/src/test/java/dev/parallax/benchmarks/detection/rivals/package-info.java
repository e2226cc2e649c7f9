/** Tests of the rules that Parallax is compared with, against closed forms and small oracles. */
@NullMarked
package dev.parallax.benchmarks.detection.rivals;

import org.jspecify.annotations.NullMarked;
