/** Tests of the studies, on spaces that need no encoder. Read {@link CoverageStudyTest} first. */
@NullMarked
package dev.parallax.benchmarks.accuracy;

import org.jspecify.annotations.NullMarked;
