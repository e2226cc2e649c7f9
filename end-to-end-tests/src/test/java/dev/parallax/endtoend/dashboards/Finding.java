package dev.parallax.endtoend.dashboards;

/**
 * A rule that a board breaks.
 *
 * @param rule name of the rule
 * @param board uid of the board
 * @param panel title of the panel, or empty where it is the board itself
 * @param what what is wrong, in words
 */
record Finding(String rule, String board, String panel, String what) {}
