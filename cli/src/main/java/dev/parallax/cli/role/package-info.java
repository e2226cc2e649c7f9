/**
 * The always-on roles as commands. Read {@link dev.parallax.cli.role.RoleSettings} first: how the
 * configuration becomes that of each module.
 */
@NullMarked
package dev.parallax.cli.role;

import org.jspecify.annotations.NullMarked;
