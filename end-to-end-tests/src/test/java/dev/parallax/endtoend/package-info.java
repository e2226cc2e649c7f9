/**
 * Checks of what surrounds the code (dashboards, alert rules, the compose file), and of the whole
 * pipeline against a broker in a container. Read {@link dev.parallax.endtoend.RepositoryFiles}
 * first.
 */
@NullMarked
package dev.parallax.endtoend;

import org.jspecify.annotations.NullMarked;
